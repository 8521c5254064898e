"""The warm parent: a process behind the walls that has imported JAX, and forks a child for each submission.

Importing costs a second, forking a few milliseconds. The parent never runs student code, has compiled nothing (a
fork after that deadlocks) and has one child at a time, which it clears away after: so children share nothing but the
read-only files.
"""

import contextlib
import os
import queue
import random
import signal
import socket
import struct
import subprocess
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

from autograder.cores import pin, thread_states, threads
from autograder.course import Limits
from autograder.device import BACKENDS, Backend
from autograder.player import GraderFault
from autograder.sandbox import bubblewrap

START_SECONDS = 120.0
END_SECONDS = 20.0


class Zygote:
    """One warm parent.

    Args:
        cache: the folder of the compilation cache.
        walls: run it in bubblewrap.
        trusted: it will run the reference only, and may write the cache.
        gpu: show it the GPU.
    Raises:
        GraderFault: it cannot be started.
    """

    def __init__(self, limits: Limits, cache: Path, walls: bool, trusted: bool, gpu: bool):
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115
        self._said_before = 0
        self._control, theirs = socket.socketpair()
        self._control.settimeout(START_SECONDS)
        # As root, each has a user of its own: the kernel counts a user's threads over all sandboxes.
        user = random.randrange(1_000_000, 1 << 30) if walls else os.getuid()
        numbers = (user, int(trusted), limits.memory_mb, limits.cpu_seconds + 5, limits.threads, limits.tmp_mb)
        runner = [*bubblewrap.python(), *map(str, numbers)]
        environment = {"PATH": os.environ.get("PATH", "/usr/bin")}
        if walls:
            runner = [*bubblewrap.command(cache, trusted, limits.tmp_mb, gpu), *runner]
        else:
            environment |= bubblewrap.environment(False, gpu=gpu) | {"PYTHONPATH": str(bubblewrap.KIT.parent)}
        try:
            self._popen = subprocess.Popen(
                runner, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=self._stderr, env=environment
            )
        except OSError as error:
            raise GraderFault(f"the sandbox could not be started: {error}") from error
        theirs.close()
        try:
            greeting = self._control_read(1, START_SECONDS)
        except OSError as error:
            self.close()
            raise GraderFault(f"the sandbox did not start: {error}") from error
        if greeting != b"r":
            complaint = self._complaint()
            self.close()
            raise GraderFault(f"the sandbox did not start: {complaint}")

    @property
    def alive(self) -> bool:
        """Whether it can fork."""
        return self._control.fileno() >= 0 and self._popen.poll() is None

    @property
    def last_words(self) -> str:
        """The end of what was written to standard error since the last fork; what a student writes goes nowhere."""
        if self._stderr.closed:
            return ""
        most = 500
        # Without moving the place where they write on.
        begin = max(self._said_before, self._said() - most)
        return os.pread(self._stderr.fileno(), most, begin).decode(errors="replace").strip()

    def fork(self, backend: Backend, imports: str) -> "Child":
        """A child of its own, ready to be asked. Raises `GraderFault` where the parent is gone.

        Args:
            backend: where it runs its programs and how it compiles them.
            imports: import statements of trusted code that the parent runs before, if it has not yet.
        """
        self._said_before = self._said()
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        ours.settimeout(START_SECONDS)
        try:
            socket.send_fds(self._control, [bytes([BACKENDS.index(backend)]), imports.encode()], [theirs.fileno()])
            theirs.close()
            # The child's first byte carries its process id, as the kernel sees it from here.
            greeting, ancillary, _, _ = ours.recvmsg(1, socket.CMSG_SPACE(struct.calcsize("3i")))
            if greeting != b"h":
                raise ConnectionError("it ended before it greeted.")
            pid = struct.unpack("3i", ancillary[0][2])[0]
        except (OSError, IndexError) as error:
            ours.close()
            complaint = self._complaint()
            self.close()
            raise GraderFault(f"the sandbox did not fork: {error} {complaint}") from error
        ours.setblocking(False)
        return Child(self, ours, pid)

    def end_of_child(self, seconds: float) -> "End | None":
        """How the child ended; None where none does in time.

        Raises `GraderFault` where the parent itself is gone.
        """
        form = struct.Struct("<id")
        try:
            data = self._control_read(form.size, seconds)
        except TimeoutError:
            return None
        if len(data) < form.size:
            self.close()
            raise GraderFault("the sandbox was killed from outside (is the machine out of memory?)")
        return End(*form.unpack(data))

    def close(self) -> None:
        """End it and everything that came of it."""
        self._control.close()
        with contextlib.suppress(ProcessLookupError):
            self._popen.kill()
        self._popen.wait()
        self._stderr.close()

    def _control_read(self, size: int, seconds: float) -> bytes:
        self._control.settimeout(seconds)
        data = b""
        while len(data) < size:
            try:
                chunk = self._control.recv(size - len(data))
            except ConnectionResetError:
                chunk = b""
            if not chunk:
                break
            data += chunk
        return data

    def _said(self) -> int:
        return os.fstat(self._stderr.fileno()).st_size

    def _complaint(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(1)
        return self.last_words


class End(NamedTuple):
    """How a child ended: its exit status, negative for a signal, and the CPU seconds of its life."""

    status: int
    cpu_seconds: float


class Child:
    """A forked process: a socket to talk to it, its CPU clock, its end."""

    def __init__(self, parent: Zygote, connection: socket.socket, pid: int):
        self.parent, self.connection, self.pid = parent, connection, pid
        self._end: End | None = None

    @property
    def alive(self) -> bool:
        """Whether nobody has ended it yet."""
        return self.connection.fileno() >= 0

    def cpu_seconds(self) -> float:
        """User and system time of all its threads; it can have no children. Raises `OSError` when it has ended."""
        return time.clock_gettime((~self.pid << 3) | 2)

    def pin(self, core: int) -> None:
        """Keep all its threads, and those they start, on one core."""
        pin(self.pid, {core})

    def threads(self) -> list[int]:
        """The ids of its threads; none when it has ended."""
        return threads(self.pid)

    @property
    def asleep(self) -> bool:
        """Whether all its threads sleep: none runs, waits for its turn on a core, or for a disk."""
        return not any(state in "RD" for state in thread_states(self.pid))

    def wait(self, seconds: float) -> End | None:
        """How it ended, or None where it does not in time."""
        if self._end is None:
            self._end = self.parent.end_of_child(seconds)
        return self._end

    def kill(self) -> None:
        """End it, and the parent too where that does not work."""
        self.connection.close()
        # A parent that is gone took its child along.
        with contextlib.suppress(GraderFault):
            if not self.parent.alive or self.wait(0.001) is not None:
                return
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            if self.wait(END_SECONDS) is None:
                self.parent.close()


class Pool:
    """Idle zygotes, taken and given back by several threads."""

    def __init__(self, limits: Limits, cache: Path, walls: bool, *, trusted: bool = False, gpu: bool = False):
        self.limits = limits
        self._zygote = partial(Zygote, limits, cache, walls, trusted, gpu)
        self._idle: queue.LifoQueue[Zygote] = queue.LifoQueue()

    def take(self) -> Zygote:
        """An idle zygote, or a new one."""
        while True:
            try:
                zygote = self._idle.get_nowait()
            except queue.Empty:
                return self._zygote()
            if zygote.alive:
                return zygote
            zygote.close()

    def give(self, zygote: Zygote) -> None:
        """Return a zygote."""
        if zygote.alive:
            self._idle.put(zygote)
        else:
            zygote.close()

    def close(self) -> None:
        """End the idle zygotes."""
        while not self._idle.empty():
            self._idle.get_nowait().close()
