"""Text to Policy: `reader` (YAML with positions), `parser` (the scheme), `checks` (what may be said)."""
