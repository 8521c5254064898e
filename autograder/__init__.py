"""jaxercise: a JAX course that grades itself."""

__version__ = "0.1.0"


def check(*stubs: str) -> None:
    """Check the named stubs of this notebook, or all of them, and show the verdicts."""
    from autograder.selfcheck.notebook import check as show_checks

    show_checks(*stubs)


def hint(stub: str, layer: int = 1) -> None:
    """Show a hint for a stub: layer 1 is the idea, 2 the API, 3 nearly the code."""
    from autograder.selfcheck.notebook import hint as show_hint

    show_hint(stub, layer)
