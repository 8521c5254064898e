"""Restoring: the release's notebook with a student's answers in it.

Locked cells, ids and metadata come from the release, whatever the student's tool made of them. Answers are found by
nbgrader's grade id, then by cell id, then by the name that the cell defines.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.notebook.read import Unreadable, cell_source, code_cells, defines


def restored(submission: Path, release: Path) -> NotebookNode:
    """The release's notebook with the submission's solution cells, and its other code cells at the end.

    A submission that cannot be read gives the release with a note that says why.
    """
    notebook = nbformat.read(release, as_version=4)
    try:
        theirs = code_cells(submission)
    except Unreadable as problem:
        notebook.cells.insert(
            0, new_markdown_cell(f"**This submission could not be read.** {problem}", id="unreadable")
        )
        return notebook
    used: set[int] = set()
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            number = _answer(cell, theirs, used)
            if number is not None:
                used.add(number)
                cell.source = cell_source(theirs[number])
    known = {cell.source.strip() for cell in notebook.cells}
    others = [cell_source(c) for i, c in enumerate(theirs) if i not in used]
    others = [source for source in others if source.strip() and source.strip() not in known]
    if others:
        notebook.cells.append(new_markdown_cell("## Other cells of this submission", id="other-cells"))
        notebook.cells += [new_code_cell(source, id=f"other-{i}") for i, source in enumerate(others)]
    return notebook


def _answer(cell: NotebookNode, theirs: list[Mapping[str, Any]], used: set[int]) -> int | None:
    """The number of the student's cell that answers the release's `cell`; a filled-in one before an empty one."""
    stub = cell.metadata.nbgrader.grade_id
    tests = (
        lambda c: _get(c, "metadata", "nbgrader", "grade_id") == stub,
        lambda c: c.get("id") == cell.get("id"),
        lambda c: defines(cell_source(c), stub),
    )
    found = [[i for i, c in enumerate(theirs) if i not in used and test(c)] for test in tests]
    filled = [[i for i in some if _is_filled(theirs[i], cell, stub)] for some in found]
    # Of several the last, as in a notebook that is run from the top.
    return next((some[-1] for some in filled + found if some), None)


def _is_filled(theirs: Mapping[str, Any], cell: NotebookNode, stub: str) -> bool:
    return cell_source(theirs) != cell.source and defines(cell_source(theirs), stub)


def _get(item: Any, *path: str) -> Any:
    for key in path:
        item = item.get(key) if isinstance(item, Mapping) else None
    return item
