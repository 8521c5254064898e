"""Cells: the code of a submission, wherever it came from, before anything runs."""

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass

MAX_SOURCE = 400_000
# What Python raises of a text that is not Python.
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
# Magics that run the cell's body as it stands; the code below them counts.
TRANSPARENT_MAGICS = ("time", "timeit", "capture", "prun")
# Not `\s*`, which runs over lines: a hundred thousand empty ones take minutes.
BLANKS = r"[^\S\n]*"
ONLY_IPYTHON = re.compile(rf"^{BLANKS}[%!]|\?{BLANKS}$|={BLANKS}[%!]", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """One code cell. `label` is how messages call it: the stub's name, or the cell's number."""

    label: str
    source: str


def files_of(cells: Iterable[Cell]) -> list[str]:
    """The name under which Python knows the text of each cell; two cells may have one label."""
    return [f"<{cell.label}#{number}>" for number, cell in enumerate(cells, 1)]


def plain_python(source: str) -> str:
    """The cell without what only IPython understands: magics, shell lines, `?` help, a margin. Line numbers stay."""
    source = _without_margin(source.replace("\r\n", "\n").replace("\r", "\n"))
    first, _, body = source.lstrip("\n").partition("\n")
    magic = re.match(r"%%(\w+)", first.strip())
    if magic:
        return "\n" + plain_python(body) if magic[1] in TRANSPARENT_MAGICS else ""
    if not ONLY_IPYTHON.search(source) or _is_python(source):
        return source
    return "\n".join(_plain_line(line) for line in source.split("\n"))


def _without_margin(source: str) -> str:
    """IPython takes the indentation of the first line from all lines that have it."""
    margin = re.match(r"\n*([ \t]*)", source)
    return re.sub(f"^{margin[1]}", "", source, flags=re.MULTILINE) if margin and margin[1] else source


def _is_python(source: str) -> bool:
    """A line may begin with `%` in Python too, and end with `?` in a text."""
    try:
        ast.parse(source)
    except UNREADABLE:
        return False
    return True


def _plain_line(line: str) -> str:
    """A magic becomes `pass`, so that a block that holds only a magic stays a block; `%time x = f()` sets x."""
    line = re.sub(r"^(\s*)%time\s+(?=[^-\s])", r"\1", line)
    if re.match(r"\s*(%\w|!|\?\w)", line) or re.match(r"\s*[\w.]+\?{1,2}\s*$", line):
        return line[: len(line) - len(line.lstrip())] + "pass"
    found = re.match(r"(\s*\w[\w, ]*=)\s*[%!]", line)
    return f"{found[1]} None" if found else line
