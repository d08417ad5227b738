"""Runs rubric from a checkout: `python cli.py check policies/`."""

from engine.commands import run

run()
