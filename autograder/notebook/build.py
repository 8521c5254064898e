"""Building: `solutions/NN_name/NN_name.py` to the notebook that nbgrader releases.

Sources carry no nbgrader metadata. A code cell with a solution region is the solution cell of the
stub it defines; a cell that is one `check("stub")` is its locked grade cell, with the points of `course.yml`.
"""

import hashlib
import re
from collections import Counter
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

from autograder.player import GraderFault

CHECK_CELL = re.compile(r'check\("(\w+)"\)\s*$')
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def build_notebook(source: Path, exercises: dict[str, float]) -> str:
    """The notebook of a percent-format source, as text; the same bytes for the same source."""
    notebook = jupytext.reads(source.read_text(), fmt="py:percent")
    seen: Counter[str] = Counter()
    solutions: Counter[str] = Counter()
    checks: Counter[str] = Counter()
    for cell in notebook.cells:
        cell.metadata = NotebookNode()
        stub = _stub(cell, exercises)
        checked = CHECK_CELL.match(cell.source) if cell.cell_type == "code" else None
        if stub:
            cell.id = f"stub-{stub}"
            cell.metadata["nbgrader"] = _metadata(stub, solution=True)
            solutions[stub] += 1
        elif checked:
            cell.id = f"check-{checked[1]}"
            cell.metadata["nbgrader"] = _metadata(f"{checked[1]}-check", points=_points(checked[1], exercises, source))
            checks[checked[1]] += 1
        else:
            digest = hashlib.sha256(cell.source.encode()).hexdigest()[:8]
            seen[digest] += 1
            cell.id = f"{cell.cell_type[:4]}-{digest}-{seen[digest]}"
    odd = [stub for stub in exercises if (solutions[stub], checks[stub]) != (1, 1)]
    if odd:
        found = "; ".join(f"{stub} has {solutions[stub]} and {checks[stub]}" for stub in odd)
        raise GraderFault(f"{source}: each stub needs one cell with a solution and one with its check; {found}")
    notebook.metadata = NotebookNode(kernelspec=KERNEL, language_info={"name": "python"})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return nbformat.writes(notebook) + "\n"


def _stub(cell: NotebookNode, exercises: dict[str, float]) -> str | None:
    if cell.cell_type != "code" or "### BEGIN SOLUTION" not in cell.source:
        return None
    defined = re.findall(r"^(?:def|class) (\w+)", cell.source, re.MULTILINE)
    return next((name for name in defined if name in exercises), None)


def _points(stub: str, exercises: dict[str, float], source: Path) -> float:
    if stub not in exercises:
        raise GraderFault(f'{source}: check("{stub}") names no stub of course.yml')
    return exercises[stub]


def _metadata(grade_id: str, *, solution: bool = False, points: float | None = None) -> NotebookNode:
    metadata = NotebookNode(
        grade=points is not None,
        grade_id=grade_id,
        locked=points is not None,
        schema_version=3,
        solution=solution,
        task=False,
    )
    if points is not None:
        metadata["points"] = int(points) if points == int(points) else points
    return metadata
