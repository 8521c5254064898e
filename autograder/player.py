"""Players: those whose stubs a check can call. A student, the reference, or a recording of the reference.

The checks see a `Student`: `student.hvp(f, x, v)` calls a stub, `student.run(program, *args)` runs a program next to
the stubs. What comes back is NumPy arrays, plain values, or an `Object` that stayed where it was made.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from pydantic import ValidationError

from autograder import wire
from autograder.program import Host, Raised, call_stub


class StudentError(Exception):
    """The student's code raised. `lesson` is the misconception that this shows, where the check knows it."""

    def __init__(self, raised: Raised):
        self.raised = raised
        self.lesson: str | None = None
        super().__init__(f"{raised.type}: {raised.message}")

    def is_a(self, *names: str) -> bool:
        """Whether the exception has one of these class names among its bases."""
        return bool(set(names) & set(self.raised.bases))


class StudentStopped(Exception):
    """The student's process ended or ran into a limit: a verdict on the student."""


class OutOfTime(StudentStopped):
    """The student's process ran into the limit of time of a call."""


class GraderFault(Exception):
    """The machine or the kit failed: never a verdict on the student."""


class Player(Protocol):
    """One side of a check."""

    def reply(self, program: Callable | wire.Handle, args: tuple, kwargs: dict) -> bytes:
        """Run the program and return the frame it replied with."""
        ...

    def cpu_seconds(self) -> float:
        """CPU time used so far, all threads together."""
        ...


@dataclass(frozen=True)
class Object:
    """Something that stayed in the player's process; call it, or pass it back as an argument."""

    handle: wire.Handle
    owner: "Student"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it there."""
        return self.owner._send(self.handle, args, kwargs)


class Student:
    """What a check calls `student` or `reference`.

    Args:
        log: where `agree` is to write replies down, in place of comparing them.
        stub: whose checks it is for.
        plain: whether `agree` has to run programs an operation at a time, and may not compile them as a whole.
        traced: whether `agree` has to trace programs once before it runs them.
        asked: where `agree` is to write its questions down, in place of asking them.
    """

    def __init__(
        self,
        player: Player,
        log: list[Any] | None = None,
        *,
        stub: str = "",
        plain: bool = False,
        traced: bool = False,
        asked: list[Any] | None = None,
    ):
        self._player = player
        self._asked = asked
        self._log = log
        self._stub = stub
        self._plain = plain
        self._traced = traced

    def __getattr__(self, stub: str) -> Callable[..., Any]:
        if stub.startswith("_"):
            raise AttributeError(stub)
        return partial(self.run, call_stub, stub)

    def run(self, program: Callable, *args: Any, **kwargs: Any) -> Any:
        """Run `program(stubs, *args, **kwargs)` next to the stubs.

        NumPy arrays arrive as JAX arrays (`Raw` keeps them NumPy), `Key` as a typed key.
        Raises `StudentError` where the program raised.
        """
        return self._send(program, args, kwargs)

    def cpu_seconds(self) -> float:
        """CPU seconds of the player's process, all threads together."""
        return self._player.cpu_seconds()

    def _send(self, program: Callable | wire.Handle, args: tuple, kwargs: dict) -> Any:
        frame = self._player.reply(program, _lower(args), _lower(kwargs))
        return self._value(wire.decode(frame))

    def _value(self, reply: Any) -> Any:
        match reply:
            case ("ok", value):
                return self._lift(value)
            case ("raised", dict(fields)):
                raise StudentError(_raised(fields))
        raise wire.BadFrame("a reply of no known kind")

    def _lift(self, item: Any) -> Any:
        if isinstance(item, wire.Handle):
            return Object(item, self)
        if isinstance(item, dict):
            return {k: self._lift(v) for k, v in item.items()}
        if isinstance(item, tuple | list):
            return type(item)(self._lift(x) for x in item)
        return item


def _raised(fields: dict) -> Raised:
    try:
        return Raised(**fields)
    except (TypeError, ValidationError) as error:  # a key may be a number
        raise wire.BadFrame("an exception without the parts of one") from error


def _lower(item: Any) -> Any:
    if isinstance(item, Object):
        return item.handle
    if isinstance(item, dict):
        return {k: _lower(v) for k, v in item.items()}
    if type(item) in (tuple, list):
        return type(item)(_lower(x) for x in item)
    return item


class LocalPlayer:
    """A player in this process: the self-check.

    Args:
        again: loads the same code once more and returns its names, where that can be done.
    """

    def __init__(self, names: dict[str, Any], again: Callable[[], dict[str, Any]] | None = None):
        self.host = Host(names, again)

    def reply(self, program: Callable | wire.Handle, args: tuple, kwargs: dict) -> bytes:
        """Run the program here."""
        return self.host.reply(program, args, kwargs)

    def cpu_seconds(self) -> float:
        """This process's CPU clock."""
        return time.process_time()
