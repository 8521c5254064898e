"""The judge's end of a sandbox: requests out, frames in, limits enforced on the way."""

import io
import operator
import secrets
import select
import signal
import struct
import sys
import time
from collections.abc import Callable, Iterable
from types import FunctionType
from typing import Any

import cloudpickle

from autograder import wire
from autograder.device import Backend
from autograder.notebook.cells import Cell
from autograder.player import GraderFault, OutOfTime, StudentStopped
from autograder.sandbox.zygote import Pool

LOOK_SECONDS = 0.05
SLEEP_OVER_CPU = 3


class ByName(cloudpickle.Pickler):
    """Pickles what the checks' module defines by its name, in whichever copy of the module this process loaded last.

    A function that comes by value brings its classes by value, and JAX does not know those.
    """

    def __init__(self, file: io.BytesIO, module: str):
        super().__init__(file)
        self._module = module

    def reducer_override(self, obj: Any) -> Any:
        """`module.name` for a function or class of the module's top level."""
        if isinstance(obj, FunctionType | type) and obj.__module__ == self._module and "<" not in obj.__qualname__:
            return operator.attrgetter(obj.__qualname__), (sys.modules[self._module],)
        return super().reducer_override(obj)


class Sandbox:
    """One forked process with one submission: a player.

    Use as a context manager. Raises `StudentStopped` where the student's code ended or overran its
    limits, `GraderFault` where something outside did, `wire.BadFrame` for a reply of the wrong form.

    Args:
        backend: where its programs run and how they are compiled: as JAX does by default, for what is timed or weighed;
            otherwise so that compiling is fast, which is most of the work where it is not.
        core: where all of it is to run.
        imports: import statements of trusted code that it shares with others: run once for all, before the fork.
    """

    def __init__(self, zygotes: Pool, *, backend: Backend, core: int, imports: str = ""):
        self.limits = zygotes.limits
        self._zygotes = zygotes
        self._number = 0
        self._checks = ""
        self._cpu = self._slept = self._looked = 0.0
        self._cpu_limit = self._call_cpu_limit = self._call_sleep_limit = float("inf")
        self._process = zygotes.take().fork(backend, imports)
        self.pin(core)  # before XLA counts cores and starts as many threads
        self._cpu_limit = self.cpu_seconds() + self.limits.cpu_seconds

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self._process.alive

    @property
    def spent_seconds(self) -> float:
        """CPU time and sleep so far. For how long a busy machine kept it waiting is not its doing, and not in it."""
        return self._cpu + self._slept

    @property
    def half_spent(self) -> bool:
        """Whether half of its time is used up, or it has ended."""
        try:
            cpu = self._process.cpu_seconds()
        except OSError:
            return True
        return cpu > self.limits.cpu_seconds / 2 or cpu + self._slept > self.limits.wall_seconds / 2

    @property
    def crowded(self) -> bool:
        """Whether it has so many threads that those to come may find no room."""
        return len(self._process.threads()) > self.limits.threads * 3 // 4

    @property
    def last_words(self) -> str:
        """The end of what it wrote to its standard error: that of student code is not kept."""
        return self._process.parent.last_words

    def pin(self, core: int) -> None:
        """Keep it on this core from now on."""
        self._process.pin(core)

    def close(self) -> None:
        """Kill everything in the sandbox."""
        if self.alive:
            self._process.kill()
            self._zygotes.give(self._process.parent)

    def checks(self, name: str, source: str) -> None:
        """Show the sandbox the stage's checks (no secret), so that programs travel by name."""
        self._checks = name
        if self._call(("checks", name, source)) != ("ok", None):
            raise GraderFault(f"{name} does not load in the sandbox")

    def load(self, cells: Iterable[Cell], stubs: Iterable[str]) -> dict[str, str]:
        """Load a submission. Returns the cells that failed, with reasons."""
        match self._call(("load", [(cell.label, cell.source) for cell in cells], list(stubs))):
            case ("ok", dict(failures)) if all(isinstance(reason, str) for reason in failures.values()):
                return {str(cell): reason for cell, reason in failures.items()}
        raise wire.BadFrame("a load report of the wrong form")

    def reply(self, program: Callable | wire.Handle, args: tuple, kwargs: dict) -> bytes:
        """Run a program and return the frame it replied with."""
        self._send(("run", program, args, kwargs))
        return self._receive_frame()

    def cpu_seconds(self) -> float:
        """The process's CPU clock, read by the judge."""
        try:
            self._cpu = self._process.cpu_seconds()
        except OSError as error:
            raise self._ended() from error
        return self._cpu

    def _call(self, request: tuple) -> Any:
        self._send(request)
        return self._receive()

    def _receive(self) -> Any:
        return wire.decode(self._receive_frame())

    def _send(self, request: tuple) -> None:
        file = io.BytesIO()
        ByName(file, self._checks).dump(request)
        payload = file.getvalue()
        # Unguessable, so that bytes a student wrote ahead into the pipe are not taken for a later reply.
        self._number = secrets.randbits(63)
        view = memoryview(struct.pack("<QQ", len(payload), self._number) + payload)
        # Who works uses up CPU time, who does not sleeps; a busy machine, which keeps both waiting, is no one's fault.
        self._call_cpu_limit = min(self._cpu_limit, self.cpu_seconds() + self.limits.call_seconds)
        if self._cpu > self._cpu_limit:  # in calls too short to be looked at, or between them
            self.close()
            raise OutOfTime(self._used_up)
        self._call_sleep_limit = min(self.limits.wall_seconds, self._slept + SLEEP_OVER_CPU * self.limits.call_seconds)
        self._looked = time.monotonic()
        while view:
            self._wait(select.POLLOUT)
            try:
                view = view[self._process.connection.send(view) :]
            except BlockingIOError:
                continue
            except (BrokenPipeError, ConnectionResetError) as error:
                raise self._ended() from error

    def _receive_frame(self) -> bytes:
        length, number = struct.unpack("<QQ", self._read(16))
        if number != self._number:
            self.close()
            raise wire.BadFrame("bytes that answer no request")
        if length > self.limits.reply_mb << 20:
            self.close()
            raise wire.BadFrame(f"a reply of {length >> 20} MB; {self.limits.reply_mb} MB is the most")
        return self._read(length)

    def _read(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            self._wait(select.POLLIN)
            try:
                chunk = self._process.connection.recv(min(size - len(data), 1 << 20))
            except BlockingIOError:
                continue
            except ConnectionResetError:
                chunk = b""
            if not chunk:
                raise self._ended()
            data += chunk
        return bytes(data)

    def _wait(self, event: int) -> None:
        """Wait until the connection is ready; look after it meanwhile, and where it is ready again and again."""
        if not self.alive:
            raise StudentStopped("Your code was stopped before.")
        poller = select.poll()
        poller.register(self._process.connection, event)
        ready = False
        while not ready:
            ready = bool(poller.poll(1000 * LOOK_SECONDS))
            if time.monotonic() - self._looked > LOOK_SECONDS:
                self._look(ready)

    def _look(self, ready: bool) -> None:
        """Count what it spends, and stop it where that is too much."""
        now = time.monotonic()
        if self._process.asleep:
            # One that has replied sleeps since then; when that was, a judge that was kept waiting does not know.
            self._slept += LOOK_SECONDS if ready else now - self._looked
        self._looked = now
        if self.cpu_seconds() > self._call_cpu_limit or self._slept > self._call_sleep_limit:
            self.close()
            within = f"It did not finish within {self.limits.call_seconds:g} s, so it was stopped."
            raise OutOfTime(self._used_up if self._cpu > self._cpu_limit else within)

    @property
    def _used_up(self) -> str:
        return f"Your code used up its {self.limits.cpu_seconds} s of CPU time, so it was stopped."

    def _ended(self) -> Exception:
        """The process is gone: say whose doing it was."""
        end = self._process.wait(5)
        self.close()
        if end is None:
            return StudentStopped("Your code closed its connection to the grader.")
        # The seccomp filter lets nobody inside send SIGKILL: it came from the kernel's limit or from the machine.
        if end.status == -signal.SIGKILL:
            if end.cpu_seconds > self._cpu_limit:
                return OutOfTime(self._used_up)
            return GraderFault("the sandbox was killed from outside (is the machine out of memory?)")
        return StudentStopped(
            f"Your code ended its process (exit status {end.status}). Running out of memory looks like this too: "
            f"{self.limits.memory_mb} MB is the most."
        )
