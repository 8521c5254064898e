"""The reference in judging: recorded once a class on the secret seed, kept running in twin sandboxes to be raced."""

import os
import queue
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from autograder import wire
from autograder.checks.ahead import ask_all, asked_with
from autograder.checks.compiled import Question
from autograder.checks.record import record
from autograder.checks.run import questions
from autograder.device import Backend
from autograder.judge.keys import digest_of, environment, kit_digest
from autograder.notebook.cells import Cell
from autograder.player import GraderFault, StudentStopped
from autograder.recording import Recording
from autograder.sandbox.sandbox import Sandbox
from autograder.stage import Stage


def make_state(folder: Path) -> None:
    """The folder of the course's secrets and results, for its owner alone, also where it was made otherwise."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.stat()
    if found.st_uid == os.geteuid() and found.st_mode & 0o077:
        folder.chmod(0o700)


def secret_seed(state: Path) -> str:
    """The course's secret seed, made on first use; equal for the class, so that marks are comparable."""
    path = state / "seed"
    if not path.exists():
        new = state / f"seed.{secrets.token_hex(4)}"
        new.touch(mode=0o600)
        new.write_text(secrets.token_hex(16))
        # A link does not replace what is there: of two judges that start at once, one makes the seed for both.
        with suppress(FileExistsError):
            os.link(new, path)
        new.unlink()
    seed = path.read_text().strip()
    if not seed:
        raise GraderFault(f"{path} is empty: delete it, and a new seed will be made")
    return seed


def make_cache(folder: Path) -> None:
    """The folder of the compilation cache; whatever user the reference runs as may write it."""
    folder.mkdir(exist_ok=True)
    folder.chmod(0o1777)


def hidden_recording(
    stage: Stage, solution: str, seed: str, state: Path, start: Callable[[Backend], Sandbox]
) -> Recording:
    """What the reference replies on the secret seed, from the class's store or from sandboxes.

    Args:
        start: a sandbox with the reference, with this backend.
    """
    digest = digest_of(solution, stage.source, seed, environment(), kit_digest())
    path = state / "expected" / f"{stage.name}-{digest}.bin"
    with suppress(GraderFault):  # where it is missing or damaged, it is made anew
        return Recording.load(path)
    with start("fast") as fast, start("cpu") as optimised:
        recording = record(stage, lambda check: optimised if check.optimise else fast, seed)
    with start("fast") as fast:
        fill_cache(stage, recording, fast)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    recording.save(path)
    return recording


def fill_cache(stage: Stage, recording: Recording, fresh: Sandbox) -> None:
    """Ask the reference ahead, as students are: what an answer like it compiles is in the cache then."""
    asked = questions_of(stage, recording)
    for checks in stage.checks.values():
        requests = (tuple(asked_with(check, checks)) for check in checks if not check.optimise)
        for together in dict.fromkeys(requests):
            ask_all(fresh, together, asked)


def questions_of(stage: Stage, recording: Recording) -> dict[str, list[Question]]:
    """What can be asked ahead on the recording's seed, by check."""
    checks = {check.name: check for checks in stage.checks.values() for check in checks}
    return {name: questions(checks[name], calls, recording.seed) for name, calls in recording.checks.items()}


class Twins:
    """A pool of sandboxes that hold the reference, so that a race runs on the same path on both sides.

    Args:
        kept: whether one that is given back waits for the next race. On a GPU it would hold memory of the next
            submission's.
    """

    def __init__(self, start: Callable[[int], Sandbox], *, kept: bool):
        self._start, self._kept = start, kept
        self._idle: queue.LifoQueue[Sandbox] = queue.LifoQueue()

    def borrow(self, core: int) -> "Twin":
        """A twin that is taken from the pool at its first call, and then runs on this core."""
        return Twin(self, core)

    def take(self, core: int) -> Sandbox:
        """An idle sandbox, or a new one, on this core."""
        while True:
            try:
                sandbox = self._idle.get_nowait()
            except queue.Empty:
                return self._start(core)
            if sandbox.alive and not sandbox.half_spent:
                sandbox.pin(core)
                return sandbox
            sandbox.close()

    def give(self, sandbox: Sandbox) -> None:
        """Return a sandbox to the pool; one that has run for long is ended before its limits end it."""
        if self._kept and sandbox.alive and not sandbox.half_spent:
            self._idle.put(sandbox)
        else:
            sandbox.close()

    def close(self) -> None:
        """End all idle twins."""
        while not self._idle.empty():
            self._idle.get_nowait().close()


class Twin:
    """A player that borrows a sandbox of the reference when it is first needed."""

    def __init__(self, twins: Twins, core: int):
        self._twins, self._core = twins, core
        self._sandbox: Sandbox | None = None

    def reply(self, program: Callable | wire.Handle, args: tuple, kwargs: dict) -> bytes:
        """Run the program on the reference."""
        with self._running() as sandbox:
            return sandbox.reply(program, args, kwargs)

    def cpu_seconds(self) -> float:
        """The reference's CPU clock."""
        with self._running() as sandbox:
            return sandbox.cpu_seconds()

    def release(self) -> None:
        """Return the sandbox, if one was taken and is alive."""
        if self._sandbox is not None:
            self._twins.give(self._sandbox)
        self._sandbox = None

    @contextmanager
    def _running(self) -> Iterator[Sandbox]:
        """The sandbox; where it is stopped, that is no verdict on a student."""
        if self._sandbox is not None and not self._sandbox.alive:
            self.release()  # what ended it may not come twice
        if self._sandbox is None:
            self._sandbox = self._twins.take(self._core)
        try:
            yield self._sandbox
        except StudentStopped as stop:
            raise GraderFault(f"the reference was stopped: {stop} {self._sandbox.last_words}".rstrip()) from stop


def start_reference(sandbox: Sandbox, stage: Stage, cells: list[Cell]) -> Sandbox:
    """The sandbox, with the reference loaded. Raises `GraderFault`, and ends the sandbox, where it does not load."""
    problem: object
    try:
        sandbox.checks(stage.module_name, stage.source)
        problem = sandbox.load(cells, stage.checks)
    except (GraderFault, StudentStopped) as stop:
        problem = stop
    if problem:
        sandbox.close()
        raise GraderFault(f"the reference of {stage.name} does not load: {problem}")
    return sandbox
