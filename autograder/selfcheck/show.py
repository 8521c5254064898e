"""Finales of a notebook that need the student's own stubs."""

from collections.abc import Callable
from typing import Any


def when_solved(*stubs: Any) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Run the decorated function now if the stubs are filled in; say which are missing if not.

    A stub counts as missing where its code still raises `NotImplementedError`.
    """

    def decorate(show: Callable[[], Any]) -> Callable[[], Any]:
        missing = [name for name in map(_name, stubs) if name]
        if missing:
            print(f"To see this, first fill in {', '.join(missing)}.")
        else:
            show()
        return show

    return decorate


def _name(stub: Any) -> str | None:
    """The stub's name where it is unfilled, else None."""
    functions = [f for f in vars(stub).values() if callable(f)] if isinstance(stub, type) else [stub]
    codes = [getattr(getattr(f, "__wrapped__", f), "__code__", None) for f in functions]
    unfilled = any(code is not None and "NotImplementedError" in code.co_names for code in codes)
    return stub.__name__ if unfilled else None
