"""One submission in front of the judge: its sandboxes, restarted where they die, and its exercises, one by one."""

import time
from collections.abc import Callable
from functools import partial

from autograder import wire
from autograder.checks.exercise import Check
from autograder.checks.run import Bench, run_check, run_exercise, run_fairly, verdict
from autograder.notebook.cells import Cell
from autograder.player import GraderFault, StudentStopped
from autograder.sandbox.sandbox import Sandbox
from autograder.selfcheck.local import with_load_failure
from autograder.stage import Stage
from autograder.verdict import ExerciseResult, Verdict, exercise_result

ATTEMPTS = 2


class Session:
    """Judges the exercises of one submission.

    It has two sandboxes: one that compiles fast, and, for what is timed or weighed, one that compiles as JAX does.

    Args:
        start: a sandbox, which compiles optimised programs or compiles fast.
        hidden: the bench of the marks; public: the bench of the explanations, whose inputs may be shown.
    """

    def __init__(
        self,
        stage: Stage,
        cells: list[Cell],
        start: Callable[[bool], Sandbox],
        hidden: Bench,
        public: Bench,
        wall_seconds: float,
    ):
        self.stage, self.cells, self.start, self.hidden, self.public = stage, cells, start, hidden, public
        self.sandboxes: dict[bool, Sandbox] = {}
        self.failures: dict[str, str] = {}
        # Where loading everything at once ends the process, each exercise is loaded by itself.
        self.apart = False
        self.loaded: dict[bool, list[str]] = {}
        self.deadline = time.monotonic() + wall_seconds

    def judge(self, stub: str) -> ExerciseResult:
        """Judge one exercise; a fault of the machine is tried again, then said in its verdicts."""
        checks = self.stage.checks[stub]
        self._leave_the_crowded()
        for attempt in range(ATTEMPTS):
            try:
                self._ready(stub, optimise=False)
                verdicts = run_exercise(checks, lambda check: self._check(stub, check))
                return exercise_result(stub, with_load_failure(verdicts, self.failures.get(stub)))
            except StudentStopped as stop:
                return exercise_result(stub, [verdict(check, "failed", message=str(stop)) for check in checks])
            except (GraderFault, OSError, MemoryError) as fault:
                self.close()
                if attempt + 1 == ATTEMPTS:
                    message = f"error: grader: {fault}"
                    return exercise_result(stub, [verdict(check, "error", message=message) for check in checks])
        raise AssertionError("unreachable")

    def close(self) -> None:
        """End the sandboxes."""
        while self.sandboxes:
            self.sandboxes.popitem()[1].close()

    def _leave_the_crowded(self) -> None:
        """The threads that one exercise left behind must not starve the next."""
        for sandbox in self.sandboxes.values():
            if sandbox.crowded:
                sandbox.close()

    def _check(self, stub: str, check: Check) -> Verdict:
        found = run_fairly(check, self.hidden, partial(self._run, stub, check))
        if found.state != "failed" or check.trait == "speed":
            return found
        shown = self._run(stub, check, self.public)
        if shown.state == "failed":
            return shown
        if found.out_of_time:
            return found
        # What went wrong on secret inputs may quote them, so only the idea is passed on.
        message = "It holds on the public inputs and not on others. " + (check.title or "")
        lesson = self.hidden.lessons.get(found.misconception or "")
        return verdict(check, "failed", message=message, lesson=lesson, misconception=found.misconception)

    def _run(self, stub: str, check: Check, bench: Bench) -> Verdict:
        return run_check(check, self._ready(stub, check.optimise), bench)

    def _ready(self, stub: str, optimise: bool) -> Sandbox:
        """The sandbox with the submission loaded, started again where it has ended."""
        if time.monotonic() > self.deadline:
            raise StudentStopped("The submission used up its time before this could be judged.")
        sandbox = self.sandboxes.get(optimise)
        if sandbox is not None:
            if sandbox.alive and stub in self.loaded[optimise]:
                return sandbox
            sandbox.close()
        try:
            return self._load([stub] if self.apart else list(self.stage.checks), optimise)
        except (StudentStopped, wire.BadFrame) as problem:
            if not self.apart:
                self.apart = True
                return self._ready(stub, optimise)
            raise StudentStopped(f"While your cells were loaded: {problem}") from problem

    def _load(self, stubs: list[str], optimise: bool) -> Sandbox:
        sandbox = self.sandboxes[optimise] = self.start(optimise)
        sandbox.checks(self.stage.module_name, self.stage.source)
        self.failures = sandbox.load(self.cells, stubs)
        self.loaded[optimise] = stubs
        return sandbox
