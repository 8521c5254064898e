"""Running a program against a student's stubs, in the student's own process.

A *program* is a function `program(stubs, *args)`: `stubs.hvp` is the student's `hvp`. The same code
serves the sandbox and the self-check, so a call means the same in both.
"""

import ast
import linecache
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import FrameType, FunctionType
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from autograder import wire
from autograder.notebook.cells import UNREADABLE
from autograder.notebook.statement import is_stub

# Among a submission's names: those that have no value, as what was to give them one failed, with the reasons.
NO_VALUE = "__no_value__"
# Every IPython has it among a notebook's names.
IN_A_NOTEBOOK = "get_ipython"


@dataclass(frozen=True, eq=False)
class Raw:
    """An argument to hand over as it is: a NumPy array that must not become a JAX array first."""

    value: Any


class Raised(BaseModel):
    """What may be said of an exception of the student's code, by that code: none of it has to be true.

    Args:
        no_value: it misses a name whose cell failed.
        cell, line, code: where in the submission it came from.
        missing: the stub that is not there, or was left as it was.
        bases: the names of its class and of those above.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    type: str
    message: str
    no_value: bool = False
    cell: str | None = None
    line: int | None = None
    code: str | None = None
    missing: str | None = None
    bases: list[str]


class NotAttempted(Exception):
    """The stub is absent or raises NotImplementedError."""


class Stubs:
    """The student's names as attributes.

    Args:
        again: loads the student's code once more, from the start, and returns its names.
    """

    def __init__(self, names: dict[str, Any], again: Callable[[], dict[str, Any]] | None = None):
        self._names = names
        self._again = again
        self._copy: Stubs | None = None
        self._ran: set[str] = set()

    def __getattr__(self, stub: str) -> Any:
        try:
            return self._names[stub]
        except KeyError:
            raise NotAttempted(stub) from None


def loaded_again(stubs: Stubs) -> Stubs | None:
    """A copy of the student's code that shares nothing with `stubs`, made at the first call; None where none can be."""
    if stubs._copy is None and stubs._again is not None:
        stubs._copy = Stubs(stubs._again())
    return stubs._copy


def strangers(stubs: Stubs) -> Stubs:
    """The same stubs, as functions JAX has not seen: `jit` of one that it has traced would not run its Python again."""
    names = stubs._names.items()
    return Stubs({name: partial(value) if isinstance(value, FunctionType) else value for name, value in names})


def ran_before(stubs: Stubs, stub: str) -> bool:
    """Whether this was asked of the stub before."""
    before = stub in stubs._ran
    stubs._ran.add(stub)
    return before


class Host:
    """Runs programs on one student's names and keeps the objects that cannot leave the process."""

    def __init__(self, names: dict[str, Any], again: Callable[[], dict[str, Any]] | None = None):
        self.stubs = Stubs(names, again)
        self.kept: dict[int, Any] = {}

    def keep(self, value: Any) -> wire.Handle:
        """Store `value` and return the handle that stands for it."""
        handle = wire.Handle(len(self.kept))
        self.kept[handle.id] = value
        return handle

    def reply(self, program: Callable | wire.Handle, args: tuple, kwargs: dict) -> bytes:
        """Run `program` and return one frame: `("ok", value)` or `("raised", description)`."""

        def run() -> bytes:
            arguments = self._unwrap(args)
            keywords = self._unwrap(kwargs)
            if isinstance(program, wire.Handle):
                value = self.kept[program.id](*arguments, **keywords)
            else:
                value = program(self.stubs, *arguments, **keywords)
            return wire.encode(("ok", value), self.keep)

        state, result = outcome(run)
        return result if state == "ok" else wire.encode((state, result))

    def _unwrap(self, item: Any) -> Any:
        """NumPy arrays become JAX arrays, keys typed keys, handles the objects they name."""
        if isinstance(item, Raw):
            return item.value
        if isinstance(item, wire.Handle):
            return self.kept[item.id]
        if isinstance(item, wire.Key):
            import jax

            return jax.random.wrap_key_data(_on_device(item.data))
        if isinstance(item, np.ndarray):
            return _on_device(item)
        if isinstance(item, dict):
            return {k: self._unwrap(v) for k, v in item.items()}
        if type(item) in (tuple, list):
            return type(item)(self._unwrap(x) for x in item)
        return item


def _on_device(array: np.ndarray) -> Any:
    """A JAX array of its own; `jnp.asarray` would compile a program for each shape."""
    import jax

    return jax.device_put(array, may_alias=False)


def call_stub(stubs: Stubs, stub: str, *args: Any, **kwargs: Any) -> Any:
    """The program that calls one stub."""
    return getattr(stubs, stub)(*args, **kwargs)


def outcome(run: Callable[[], Any]) -> tuple[str, Any]:
    """`("ok", what it returns)` or `("raised", the fields of Raised)`."""
    try:
        return "ok", run()
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return "raised", describe(error).model_dump()


def describe(error: BaseException) -> Raised:
    """What may be said of an exception."""
    frames = [f for f in traceback.walk_tb(error.__traceback__) if _is_cell(f[0])]
    missing = error.args[0] if isinstance(error, NotAttempted) else None
    cell = line = code = None
    message, no_value = _text(error), False
    if frames:
        frame, line = frames[-1]
        cell = _label(frame)
        code = linecache.getline(frame.f_code.co_filename, line).strip()[:200]
        # JAX raises it too, of what it cannot do: that was an attempt.
        placeholder = isinstance(error, NotImplementedError) and "raise NotImplementedError" in code
        if placeholder and missing is None and _is_alone(frame.f_code.co_filename, line):
            missing = frame.f_code.co_qualname.split(".")[0]
        if isinstance(error, NameError) and error.name in frame.f_globals.get(NO_VALUE, {}):
            reason = frame.f_globals[NO_VALUE][error.name].rstrip(".")
            message = f"`{error.name}` has no value, as its cell did not run. {reason}."
            no_value = True
    return Raised(
        type=type(error).__name__,
        message=message[:1500],
        no_value=no_value,
        cell=cell,
        line=line,
        code=code,
        missing=missing,
        bases=[c.__name__ for c in type(error).__mro__][:10],
    )


def _is_alone(filename: str, line: int) -> bool:
    """Whether the function around this line of a cell holds no other code."""
    try:
        parts = list(ast.walk(ast.parse("".join(linecache.getlines(filename)))))
    except UNREADABLE:
        return True  # another part of the cell is broken
    functions = [part for part in parts if isinstance(part, ast.FunctionDef)]
    around = [part for part in functions if part.lineno <= line <= (part.end_lineno or 0)]
    return not around or is_stub(max(around, key=lambda part: part.lineno))


def _label(frame: FrameType) -> str:
    """How messages call the cell; in a running notebook, where the kernel made a name up, by its function."""
    code = frame.f_code
    if IN_A_NOTEBOOK in frame.f_globals:
        return code.co_qualname.split(".")[0].strip("<>")
    return code.co_filename.strip("<>").partition("#")[0]


def _is_cell(frame: FrameType) -> bool:
    filename = frame.f_code.co_filename
    return IN_A_NOTEBOOK in frame.f_globals or (filename.startswith("<") and not filename.startswith("<frozen"))


def _text(error: BaseException) -> str:
    try:
        words = str(error).strip().replace(":\n\n", ": ")  # else the first paragraph, which is shown, says only "but:"
    except Exception:
        return ""
    return words if words.endswith((".", "!", "?")) or not words else words + "."  # more is said after it
