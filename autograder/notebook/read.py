"""Reading submissions: notebooks from any tool, and plain `.py` files."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from autograder.notebook.cells import BLANKS, Cell
from autograder.text import as_text

MAX_BYTES = 64 << 20


class Unreadable(ValueError):
    """A file that cannot be read as a submission; the message names the place and the fix."""


def read_cells(path: Path, stubs: Iterable[str]) -> list[Cell]:
    """The code cells of a notebook or `.py` file, labelled by the stub they define or by their number."""
    sources = [cell_source(cell) for cell in code_cells(path)] if is_notebook(path) else split_percent(_text(path))
    stubs = list(stubs)
    return [Cell(_label(source, stubs, number), source) for number, source in enumerate(sources, 1)]


def is_notebook(path: Path) -> bool:
    """Whether its name says so."""
    return path.suffix.lower() == ".ipynb"


def contents(folder: Path) -> str:
    """What is in a folder, as far as it fits into a message."""
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    return ", ".join(files[:5]) or "nothing"


def code_cells(path: Path) -> list[Mapping[str, Any]]:
    """The code cells of a notebook of any nbformat version."""
    notebook = read_json(path)
    sheets = notebook.get("worksheets")  # nbformat 3
    parts = [notebook, *(sheets if isinstance(sheets, list) else [])]
    lists = [part["cells"] for part in parts if isinstance(part, Mapping) and isinstance(part.get("cells"), list)]
    if not lists:
        raise Unreadable(f"{path.name} has no list of cells: open it in JupyterLab and save it again")
    return [cell for cells in lists for cell in cells if isinstance(cell, Mapping) and cell.get("cell_type") == "code"]


def read_json(path: Path) -> dict[str, Any]:
    """The notebook's JSON object; raises `Unreadable` with the line where it breaks off."""
    text = _text(path)
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"{path.name} is no valid notebook: line {error.lineno}, column {error.colno}: {error.msg}. "
            "Open it in JupyterLab, save it and submit it again."
        ) from error
    except RecursionError as error:
        raise Unreadable(f"{path.name} is nested too deep to be a notebook") from error
    except ValueError as error:  # a number of more digits than Python reads
        raise Unreadable(f"{path.name} is no valid notebook: {error}") from error
    if not isinstance(notebook, dict):
        raise Unreadable(f"{path.name} is no notebook: its JSON is a {type(notebook).__name__}")
    return notebook


def cell_source(cell: Mapping[str, Any]) -> str:
    """The source of a cell, which tools write as a string or as a list of lines."""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(str(line) for line in source)
    return as_text(source) if isinstance(source, str) else ""


def split_percent(text: str) -> list[str]:
    """The code cells of a jupytext percent file; a file without markers is one cell."""
    cells = re.split(r"^# %%", text, flags=re.MULTILINE)
    return [cells[0], *(c.partition("\n")[2] for c in cells[1:] if not c.startswith(" [markdown]"))]


def find_stage(path: Path, stages: Mapping[str, Iterable[str]]) -> str:
    """The stage a file belongs to: by its name or that of a folder, else by the stubs it defines.

    Args:
        stages: the stubs of each stage.
    """
    named = [stage for stage in stages if stage in path.name or stage in path.absolute().parent.parts]
    if path.stem in stages:
        return path.stem
    if len(named) == 1:
        return named[0]
    best = stages_of(read_cells(path, ()), stages)
    if len(best) != 1:
        candidates = ", ".join(best) or "none"
        raise Unreadable(f"{path.name}: which stage is it? Candidates by its stubs: {candidates}. Say --stage NN_name")
    return best[0]


def stages_of(cells: Iterable[Cell], stages: Mapping[str, Iterable[str]]) -> list[str]:
    """The stages of which the cells define the most stubs; none where they define none."""
    text = "\n".join(cell.source for cell in cells)
    defined = set(re.findall(rf"^{BLANKS}(?:def|class)\s+(\w+)|^(\w+)\s*=", text, re.MULTILINE))
    names = {name for pair in defined for name in pair if name}
    overlap = {stage: len(names & set(stubs)) for stage, stubs in stages.items()}
    return [stage for stage, count in overlap.items() if count and count == max(overlap.values())]


def defines(source: str, name: str) -> bool:
    """Whether the text looks like it defines `name`; it need not parse."""
    definition = rf"^{BLANKS}(?:async\s+)?(?:def|class)\s+{name}\b|^{name}\s*="
    return re.search(definition, source, re.MULTILINE) is not None


def _text(path: Path) -> str:
    if path.is_dir():
        raise Unreadable(f"no notebook and no .py file in {path.name}, only: {contents(path)}")
    if path.is_symlink() or not path.is_file():
        raise Unreadable(f"{path.name} is no ordinary file: submit the file itself, not a link")
    if path.stat().st_size > MAX_BYTES:
        raise Unreadable(f"{path.name} is larger than {MAX_BYTES >> 20} MB: clear its outputs and submit it again")
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path.name} is no UTF-8 text at byte {error.start}: save it again as UTF-8") from error


def _label(source: str, stubs: list[str], number: int) -> str:
    for stub in stubs:
        if defines(source, stub):
            return stub
    return str(number)
