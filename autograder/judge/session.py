"""One submission in front of the judge: its sandbox, started again where it dies, and its exercises, one by one."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from autograder import wire
from autograder.checks.ahead import ask_all, asked_with
from autograder.checks.exercise import Check
from autograder.checks.run import Bench, run_check, run_exercise, run_fairly, verdict
from autograder.device import BACKENDS, Backend, the_gpu
from autograder.judge.sizes import Sized
from autograder.notebook.cells import Cell
from autograder.player import GraderFault, OutOfTime, StudentStopped
from autograder.sandbox.sandbox import Sandbox
from autograder.stage import Stage
from autograder.verdict import ExerciseResult, Verdict, exercise_result

ATTEMPTS = 2


class Session:
    """Judges the exercises of one submission.

    It has one sandbox at a time: first one that compiles fast, then, for what races or is weighed, one that compiles as
    JAX does, and where the course races on a GPU one there, for as long as no one else is on it.

    Args:
        start: a sandbox with this backend.
        hidden: the bench of the marks; public: the bench of the explanations, whose inputs may be shown.
    """

    def __init__(
        self,
        stage: Stage,
        cells: list[Cell],
        start: Callable[[Backend], Sandbox],
        hidden: Bench,
        public: Bench,
        wall_seconds: float,
    ):
        self.stage, self.cells, self.start, self.hidden, self.public = stage, cells, start, hidden, public
        self.sandbox: Sandbox | None = None
        self.backend: Backend = "fast"
        self.held = ExitStack()
        self.loaded: list[str] = []
        self.failures: dict[str, str] = {}
        # Where loading everything at once ends the process, each exercise is loaded by itself.
        self.apart = False
        self.found: dict[str, Verdict] = {}
        self.replies: dict[tuple[str, str], list[bytes]] = {}
        self.sizes: dict[bytes, bytes] = {}
        self.most_seconds, self.spent_seconds = wall_seconds, 0.0

    def judge(self, stubs: list[str]) -> list[ExerciseResult]:
        """Judge exercises: what compiles fast of all of them, then the rest, so that each backend is started once.

        What did not pass is explained at the end, where no secret input was: student code could have kept it, to show
        it now.
        """
        for last in range(BACKENDS.index(self.hidden.device)):
            for stub in stubs:
                checks = [check for check in self.stage.checks[stub] if self._backend(check) in BACKENDS[: last + 1]]
                if checks and checks[0] is self.stage.checks[stub][0]:
                    self._judge(stub, checks, self._mark, self.found)
        for stub in stubs:
            for found in self._judge(stub, self.stage.checks[stub], self._mark, self.found):
                self.found.setdefault(found.name, found)
        self.close()
        return [self._explain(stub) for stub in stubs]

    def close(self) -> None:
        """End the sandbox."""
        if self.sandbox is not None:
            self.spent_seconds += self.sandbox.spent_seconds
            self.sandbox.close()
        self.sandbox = None
        self.held.close()

    def _judge(
        self, stub: str, checks: list[Check], run: Callable[[str, Check], Verdict], done: dict[str, Verdict]
    ) -> list[Verdict]:
        """Run these checks of an exercise but what is `done`; a fault of the machine is tried again, then said."""
        if self.sandbox is not None and self.sandbox.crowded:
            self.close()  # the threads that one exercise left behind must not starve the next

        def once(check: Check) -> Verdict:
            if check.name not in done:
                try:
                    done[check.name] = run(stub, check)
                except StudentStopped as stop:
                    late = isinstance(stop, OutOfTime)
                    done[check.name] = verdict(check, "failed", message=str(stop), out_of_time=late)
            return done[check.name]

        for _attempt in range(ATTEMPTS):
            try:
                return run_exercise(checks, once)
            except (GraderFault, OSError, MemoryError) as fault:
                self.close()
                message = f"error: grader: {fault}"
        return [done.get(check.name) or verdict(check, "error", message=message) for check in checks]

    def _mark(self, stub: str, check: Check) -> Verdict:
        """The verdict on the secret inputs."""
        return run_fairly(self.hidden, partial(self._run, stub, check))

    def _explain(self, stub: str) -> ExerciseResult:
        """The result of an exercise that was judged, with what may be shown."""
        verdicts = self._judge(stub, self.stage.checks[stub], self._shown, {})
        return exercise_result(stub, verdicts, self.failures.get(stub))

    def _shown(self, stub: str, check: Check) -> Verdict:
        """What was found, as it is where it says only what the judge measured, otherwise what is on public inputs."""
        found = self.found[check.name]
        if found.state not in ("failed", "blocked") or found.out_of_time or found.timing is not None:
            return found
        if self._used_up:
            message = f"There was no time left to show on public inputs that this does not hold. {check.title}"
        else:
            shown = self._run(stub, check, self.public)
            if shown.state == found.state:
                return shown
            message = f"It holds on the public inputs and not on others. {check.title}"
        lesson = self.hidden.lessons.get(found.misconception or "")
        return verdict(check, "failed", message=message, lesson=lesson, misconception=found.misconception)

    def _run(self, stub: str, check: Check, bench: Bench) -> Verdict:
        ahead = self._ahead(stub, check, bench)
        return run_check(check, Sized(self._ready(stub, self._backend(check)), self.sizes), bench, ahead)

    def _ahead(self, stub: str, check: Check, bench: Bench) -> list[bytes]:
        """The replies to what the check asks ahead; on secret inputs together with what the next checks will ask."""
        if not bench.questions.get(check.name):
            return []
        if (bench.seed, check.name) not in self.replies:
            asked = asked_with(check, self.stage.checks[stub]) if bench is self.hidden else [check]
            replies = ask_all(self._ready(stub, self._backend(check)), asked, bench.questions)
            self.replies |= {(bench.seed, name): frames for name, frames in replies.items()}
        return self.replies[bench.seed, check.name]

    def _backend(self, check: Check) -> Backend:
        return check.backend(self.hidden.device)

    @property
    def _used_up(self) -> bool:
        return self.spent_seconds + (self.sandbox.spent_seconds if self.sandbox else 0) > self.most_seconds

    def _ready(self, stub: str, backend: Backend) -> Sandbox:
        """The sandbox with the submission loaded, started again where it has ended or has another backend."""
        if self._used_up:
            raise OutOfTime("The submission used up its time before this could be judged.")
        if self.sandbox is not None:
            if self.sandbox.alive and self.backend == backend and stub in self.loaded:
                return self.sandbox
            self.close()
        try:
            return self._load([stub] if self.apart else list(self.stage.checks), backend)
        except (StudentStopped, wire.BadFrame) as problem:
            if not self.apart:
                self.apart = True
                return self._ready(stub, backend)
            raise StudentStopped(f"While your cells were loaded: {problem}") from problem

    def _load(self, stubs: list[str], backend: Backend) -> Sandbox:
        if backend == "gpu":
            self.held.enter_context(the_gpu())
        self.sandbox = sandbox = self.start(backend)
        self.backend, self.loaded = backend, stubs
        sandbox.checks(self.stage.module_name, self.stage.source)
        self.failures |= sandbox.load(self.cells, stubs)
        return sandbox
