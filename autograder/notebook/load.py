"""Loading: running a submission's slice, one broken cell at a time."""

import __future__

import ast
import linecache
import re
import sys
import types
from collections.abc import Iterable
from typing import Any

from autograder.notebook.cells import MAX_SOURCE, Cell, files_of, plain_python
from autograder.notebook.slice import Slice, keep_needed, own_slices, read_statements, without_last_value
from autograder.program import NO_VALUE, describe

MODULE = "student"
# What IPython puts into every notebook.
OF_NOTEBOOKS = {"display": print}


def load(cells: Iterable[Cell], stubs: Iterable[str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Run what the stubs need of `cells` in a fresh module.

    Returns the module's names, and for each cell that could not be read or run, and each stub that has no value for
    it, the reason.
    """
    cells, stubs = list(cells), list(stubs)
    for cell, file in zip(cells, files_of(cells), strict=True):
        if len(cell.source) > MAX_SOURCE:
            continue
        lines = [line + "\n" for line in plain_python(cell.source).split("\n")]
        linecache.cache[file] = (len(cell.source), None, lines, file)
    whole, flags = read_statements(cells), _future_flags(cells)
    while True:
        names, failures = _load(whole, stubs, flags)
        # The name of a stub may be given to something else below: `for train in trains:`.
        spoilt = [stub for stub in stubs if stub in names and not callable(names[stub])]
        shorter = next(filter(None, (without_last_value(whole, stub) for stub in spoilt)), None)
        if shorter is None:
            return names, failures
        whole = shorter


def load_copy(cells: Iterable[Cell], stubs: Iterable[str]) -> dict[str, Any]:
    """The names of the same code in a module of its own; the one that is loaded stays what `import` finds."""
    loaded = sys.modules.get(MODULE)
    try:
        return load(cells, stubs)[0]
    finally:
        if loaded is not None:
            sys.modules[MODULE] = loaded


def _load(whole: Slice, stubs: list[str], flags: int) -> tuple[dict[str, Any], dict[str, str]]:
    """What `load` returns, of these statements."""
    module = types.ModuleType(MODULE)
    sys.modules[MODULE] = module
    failures = whole.broken | _run(keep_needed(whole, stubs), vars(module), flags)
    names = dict(vars(module))
    for stub, own in own_slices(whole, stubs).items():
        apart = types.ModuleType(MODULE)
        failures |= _run(own, vars(apart), flags)
        if stub in vars(apart):
            names[stub] = vars(apart)[stub]
    no_value = names[NO_VALUE]
    return names, failures | {stub: no_value[stub] for stub in no_value.keys() & set(stubs) - names.keys()}


def _future_flags(cells: Iterable[Cell]) -> int:
    """The compiler's flags of all `from __future__` imports: statements are compiled one by one, and share them."""
    flags = 0
    for cell in cells:
        for names in re.findall(r"^from __future__ import (.+)$", cell.source, re.MULTILINE):
            for name in re.findall(r"\w+", names.partition("#")[0]):
                flags |= getattr(getattr(__future__, name, None), "compiler_flag", 0)
    return flags


def _run(kept: Slice, names: dict[str, Any], flags: int) -> dict[str, str]:
    """Run the statements; one that misses a name waits for the cells below it, as it did in the notebook.

    Why the names of those that fail have no value is put among the names.
    """
    failures: dict[str, str] = {}
    no_value = dict(kept.broken)
    names |= OF_NOTEBOOKS | {NO_VALUE: no_value}
    waiting = list(kept.statements)
    progress = True
    while waiting and progress:
        missing_a_name: dict[str, str] = {}
        still = []
        for statement in waiting:
            try:
                exec(compile(ast.Module([statement.node], []), statement.file, "exec", flags), names)
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                raised = describe(error)
                reason = f"Line {raised.line} raised {raised.type}: {raised.message[:300]}"
                no_value |= dict.fromkeys(statement.stores, reason)
                if isinstance(error, NameError):
                    still.append(statement)
                    missing_a_name[statement.cell] = reason
                else:
                    failures[statement.cell] = reason
        progress = len(still) < len(waiting)
        waiting = still
        if not progress:
            failures |= missing_a_name
    return failures
