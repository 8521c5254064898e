"""`check("stub")` and `hint("stub")` in a notebook: HTML below the cell."""

import os
from pathlib import Path

from autograder import settings
from autograder.player import GraderFault
from autograder.report.html import exercises_html, problem_html
from autograder.report.plain import verdict_text
from autograder.selfcheck.local import NotPassed, check_names
from autograder.stage import load_stage


def check(*stubs: str) -> None:
    """Check the named stubs as they are defined in this notebook now; all of the stage's without a name."""
    from IPython.core.getipython import get_ipython
    from IPython.display import HTML, display

    shell = get_ipython()
    if shell is None:
        raise GraderFault("check() belongs in a notebook; elsewhere run pytest in the assignment's folder")
    try:
        stage = load_stage(Path.cwd())
        results = check_names(stage, shell.user_ns, list(stubs or stage.checks), {})
        shown = exercises_html(results) + _set_aside()
        problems = [verdict_text(v) for result in results for v in result.checks if v.state != "passed"]
    except GraderFault as fault:
        shown = problem_html("The checker could not run.", str(fault))
        problems = [str(fault)]
    display(HTML(shown))
    # For nbgrader's validator a cell without an exception is a test passed.
    if problems and os.environ.get("NBGRADER_EXECUTION") == "validate":
        raise NotPassed("\n\n".join(problems))


def _set_aside() -> str:
    """Says which of the notebook's settings did not hold for the checks."""
    names = ", ".join(settings.changed())
    return problem_html("Checked with JAX's own settings, as the grader does.", f"Set aside: {names}.") if names else ""


def hint(stub: str, layer: int = 1) -> None:
    """Show one of the three hints for a stub."""
    from IPython.display import HTML, Markdown, display

    try:
        hints = load_stage(Path.cwd()).hints
    except GraderFault as fault:
        display(HTML(problem_html("There is no hint to show.", str(fault))))
        return
    if stub not in hints:
        print(f"{stub!r} is no stub of this notebook; its stubs: {', '.join(hints)}")
        return
    layers = hints[stub]
    number = min(max(layer, 1), len(layers))
    text = layers[number - 1]
    shown = f"```python\n{text}\n```" if number == len(layers) else text
    more = f'\n\nMore: `hint("{stub}", {number + 1})`' if number < len(layers) else ""
    display(Markdown(f"**Hint {number} of {len(layers)}.** {shown}{more}"))
