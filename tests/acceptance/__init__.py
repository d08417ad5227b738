"""Whole assessments, redone by hand: a page holds a policy, the collected data and the calculation."""
