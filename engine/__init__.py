"""rubric: the assessment engine that quality managers trust.

In a notebook or a service: `engine.evaluate(policy, units)`, `engine.prepare(policy)` for a policy that is used again
and again, and `engine.Refused`, the one exception that both raise (`engine.insight.many`).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.diagnostics import Refused
    from engine.insight.many import Prepared, UnitResult, evaluate, prepare

__all__ = ["Prepared", "Refused", "UnitResult", "evaluate", "prepare"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """What stands in `__all__`, loaded when it is asked for: a command needs none of it."""
    if name not in __all__:
        raise AttributeError(f"module 'engine' has no attribute {name!r}")
    from importlib import import_module

    room = "engine.diagnostics" if name == "Refused" else "engine.insight.many"
    return getattr(import_module(room), name)
