"""Runs rubric from a checkout: `python cli.py check policies/`."""

from engine.commands import run

if __name__ == "__main__":  # a process that `--jobs` starts imports this file too
    run()
