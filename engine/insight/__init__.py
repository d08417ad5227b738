"""Questions asked of results: how a score came about."""
