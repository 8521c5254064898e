"""Races: paired, interleaved timing of a student's function against a rival's.

The judge's rival is the reference in a twin sandbox; a student's own is a plain loop that ships with the
stage. Each pair gets fresh inputs, both outputs are compared, and everything the student's process burnt since
its last turn counts, so work cannot hide between the calls. The clock is the CPU clock of the whole process.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from autograder.checks.compare import difference
from autograder.checks.exercise import CheckFailed
from autograder.player import GraderFault, Student
from autograder.verdict import Timing

PAIRS = 15
MIN_SECONDS = 5e-4


@dataclass(frozen=True)
class Rival:
    """Whom the student races: a player, and the program to run there in place of the student's."""

    kind: Literal["reference", "baseline"]
    player: Student
    reference_speedup: float | None = None


@dataclass
class Race:
    """The fixture `race` of speed checks.

    Args:
        limit: the largest student/reference ratio of time that passes.
        timing: of the last race that was run.
    """

    student: Student
    rival: Rival
    limit: float
    timing: Timing | None = None

    def __call__(
        self,
        make: Callable,
        *make_args: Any,
        inputs: Callable[[], tuple],
        baseline: Callable,
        rtol: float = 1e-3,
        atol: float = 1e-4,
        lesson: str | None = None,
    ) -> Timing:
        """Race `make(stubs, *make_args)`, which returns the function to time, on the tuples `inputs()` makes.

        `baseline(stubs)` returns the slow function a beginner writes: the rival where there is no reference.
        Raises `CheckFailed` where the student is too slow or answers differently while timed.
        """
        mine = self.student.run(make, *make_args)
        if self.rival.kind == "reference":
            theirs = self.rival.player.run(make, *make_args)
        else:
            theirs = self.rival.player.run(baseline)
        pairs = self._pairs(mine, theirs, inputs, rtol, atol)
        self.timing = timing = self._timing(np.array(pairs))
        if timing.ratio > timing.limit:
            raise CheckFailed(describe(timing), lesson=lesson, timing=timing)
        return timing

    def _pairs(self, mine: Any, theirs: Any, inputs: Callable, rtol: float, atol: float) -> list[tuple[float, float]]:
        """(student, rival) CPU seconds of each pair, after one warm-up call each."""
        pairs = []
        apart = self.rival.kind == "reference"  # then whatever the student's process burns is the student's
        since = None
        for turn in range(PAIRS + 1):
            args = inputs()
            want, rival_seconds, _ = _timed(self.rival.player, theirs, args, None)
            got, seconds, end = _timed(self.student, mine, args, since)
            since = end if apart else None
            problem = difference(got, want, rtol, atol)
            if problem is not None:
                raise CheckFailed(f"While it was timed, the answer was wrong: {problem[0]} {problem[1]}")
            if turn:
                pairs.append((seconds, rival_seconds))
        return pairs

    def _timing(self, pairs: np.ndarray) -> Timing:
        ratios = pairs[:, 0] / pairs[:, 1]
        ratio = float(np.median(ratios))
        low, high = np.percentile(ratios, (5, 95))
        if pairs[:, 1].max() < MIN_SECONDS / 5:
            raise GraderFault("a race whose inputs are too small to be timed")
        return Timing(
            clock="cpu",
            rival=self.rival.kind,
            student_seconds=float(np.median(pairs[:, 0])),
            rival_seconds=float(np.median(pairs[:, 1])),
            ratio=ratio,
            limit=self._ratio_limit(),
            spread=float((high - low) / 2 / ratio),
            pairs=len(pairs),
            reference_speedup=self.rival.reference_speedup,
        )

    def _ratio_limit(self) -> float:
        """The limit on student/rival: against a baseline, the recorded speedup of the reference carries it over."""
        if self.rival.kind == "reference":
            return self.limit
        return self.limit / (self.rival.reference_speedup or self.limit)


def _timed(side: Student, function: Any, args: tuple, since: float | None) -> tuple[Any, float, float]:
    start = side.cpu_seconds() if since is None else since
    value = function(*args)
    end = side.cpu_seconds()
    return value, end - start, end


def describe(timing: Timing) -> str:
    """A timing in a sentence."""
    if timing.rival == "reference":
        return f"It takes {timing.ratio:.1f} times as long as the reference; up to {timing.limit:g} times is fine."
    speedup = 1 / timing.ratio
    reference = f"; the reference is {timing.reference_speedup:.0f}x" if timing.reference_speedup else ""
    return f"{speedup:.1f}x the speed of the plain loop{reference}; full speed marks from {1 / timing.limit:.1f}x."
