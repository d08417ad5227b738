"""rubric: the assessment engine that quality managers trust."""

__version__ = "0.1.0"
