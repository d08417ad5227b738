"""Columns beside the exact arithmetic."""
