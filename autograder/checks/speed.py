"""Races: paired, interleaved timing of a student's function against a rival's.

The judge's rival is the reference in a twin sandbox; a student's own is a plain loop that ships with the
stage. Each pair gets fresh inputs, both outputs are compared, and everything the student's process burnt since
its last turn counts, so work cannot hide between the calls. `clock.py` says by which clock.

The median ratio decides, where its 95 % interval lies on one side of the limit. Where it does not, more pairs are
run; what is undecided then goes in the student's favour, unless the machine was too busy to tell anything, or the
student's time varies so much that all calls together have to decide.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from autograder import wire
from autograder.checks.clock import Clock, CpuClock
from autograder.checks.compare import difference
from autograder.checks.exercise import CheckFailed
from autograder.checks.probes import compilations, cost, temporaries
from autograder.player import GraderFault, Student, StudentError, StudentStopped
from autograder.verdict import Timing

PAIRS = 15
ROUNDS = 4
TOO_WIDE = 3.0
# By how much the ends of the interval of the rival's own median differ on a machine too busy to measure.
BUSY = 1.5
# CPU seconds by which compiling the same programs again may differ at most.
MOST_NOISE = 2.0


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
        clock: that of the device the functions run on.
        timing: of the last race that was run.
    """

    student: Student
    rival: Rival
    limit: float
    clock: Clock = CpuClock()  # noqa: RUF009  (frozen)
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
        Raises `CheckFailed` where the student is too slow, compiles in every call, or answers differently while timed.
        """
        mine = self.student.run(make, *make_args)
        if self.rival.kind == "reference":
            theirs = self.rival.player.run(make, *make_args)
        else:
            theirs = self.rival.player.run(baseline)
        self._refuse_compiling(mine, theirs, inputs(), lesson)
        pairs: list[tuple[float, float]] = []
        since, calls = None, self._calls(mine, theirs, inputs)
        for _round in range(ROUNDS):
            since = self._run(pairs, mine, theirs, inputs, calls, since, rtol=rtol, atol=atol)
            self.timing = timing = self._timing(np.array(pairs) / calls)
            if not timing.low <= timing.limit < timing.high:
                break
        if timing.low > timing.limit:
            why = self._explanation(mine, theirs, inputs()) if self.rival.kind == "reference" else ""
            raise CheckFailed(f"{describe(timing)} {why}".strip(), lesson=lesson, timing=timing)
        if timing.borderline and timing.high > TOO_WIDE * timing.low and self.rival.kind == "reference":
            self._decide_by_all(np.array(pairs), timing, lesson)
        return timing

    def _decide_by_all(self, pairs: np.ndarray, timing: Timing, lesson: str | None) -> None:
        """Decide by the time of all calls together where the median says nothing: but not on a machine too busy.

        That one shows in the rival's time too. Where only the student's varies, its function has slow calls and fast
        ones, and who calls it waits for both.
        """
        low, high = median_interval(np.sort(pairs[:, 1]))
        if high > BUSY * low:
            raise GraderFault(
                f"the speed was not measured: {len(pairs)} pairs say {timing.low:.1f} to {timing.high:.1f} times the "
                "reference. Grade again on a quieter machine."
            )
        mine, theirs = pairs.sum(0)
        if mine > timing.limit * theirs:
            message = (
                f"Some calls take far longer than others. All together take {mine / theirs:.1f} times as long as the "
                f"reference's; up to {timing.limit:g} times is fine."
            )
            raise CheckFailed(message, lesson=lesson, timing=timing)

    def _refuse_compiling(self, mine: Any, theirs: Any, args: tuple, lesson: str | None) -> None:
        """What compiles in every call loses any race, and says so without a clock. Both are warm after it."""
        # Both are called, as they may count their calls.
        usual = self.rival.player.run(compilations, theirs, *args)
        count = self.student.run(compilations, mine, *args)
        if isinstance(count, int) and count > usual:
            programs = "a program" if count == 1 else f"{about(count)} programs"
            raise CheckFailed(f"Called again, it compiles again: {programs} in one call.", lesson=lesson)

    def _explanation(self, mine: Any, theirs: Any, args: tuple) -> str:
        """What explains a lost race without a clock; empty where nothing does."""
        try:
            costs = self.student.run(cost, mine, *args), self.rival.player.run(cost, theirs, *args)
            if not all(map(_is_cost, costs)):
                return ""
            found = explain(*costs)
            if found or not all(costs):
                return found
            sizes = self.student.run(temporaries, mine, *args), self.rival.player.run(temporaries, theirs, *args)
        except (StudentError, StudentStopped, wire.BadFrame):
            return ""
        return explain_temporaries(*sizes) if all(isinstance(size, int) for size in sizes) else ""

    def _calls(self, mine: Any, theirs: Any, inputs: Callable) -> int:
        """How many calls a turn needs for the rival's to last long enough for the clock.

        Where the student's takes very long before that, it is slower by far more than any noise.
        """
        calls = 1
        while calls < self.clock.most_calls:
            batch = [inputs() for _ in range(calls)]
            _, rival_seconds, _ = self.clock.turn(self.rival.player, theirs, batch, None)
            _, seconds, _ = self.clock.turn(self.student, mine, batch, None)
            if rival_seconds >= self.clock.least or seconds >= self.clock.longest:
                break
            calls *= 2
        return calls

    def _run(
        self,
        pairs: list[tuple[float, float]],
        mine: Any,
        theirs: Any,
        inputs: Callable,
        calls: int,
        since: float | None,
        *,
        rtol: float,
        atol: float,
    ) -> float | None:
        """Add `PAIRS` turns' (student, rival) seconds to `pairs`. Returns the last clock."""
        apart = self.rival.kind == "reference"  # then whatever the student's process burns is the student's
        for _turn in range(PAIRS):
            batch = [inputs() for _ in range(calls)]
            wanted, rival_seconds, _ = self.clock.turn(self.rival.player, theirs, batch, None)
            found, seconds, end = self.clock.turn(self.student, mine, batch, since)
            since = end if apart else None
            for got, want in zip(found, wanted, strict=True):
                problem = difference(got, want, rtol, atol)
                if problem is not None:
                    message = f"While it was timed, the answer was wrong: {problem.what} {problem.where}"
                    raise CheckFailed(message, lesson="wrong_in_the_race")
            pairs.append((seconds, rival_seconds))
        return since

    def _timing(self, pairs: np.ndarray) -> Timing:
        ratios = np.sort(pairs[:, 0] / pairs[:, 1])
        ratio, limit = float(np.median(ratios)), self._ratio_limit()
        if pairs[:, 1].max() < self.clock.least / self.clock.most_calls / 5:
            raise GraderFault("a race whose inputs are too small to be timed")
        low, high = median_interval(ratios)
        return Timing(
            clock=self.clock.name,
            rival=self.rival.kind,
            student_seconds=float(np.median(pairs[:, 0])),
            rival_seconds=float(np.median(pairs[:, 1])),
            ratio=ratio,
            limit=limit,
            low=low,
            high=high,
            borderline=low <= limit < high,
            spread=float((np.percentile(ratios, 95) - np.percentile(ratios, 5)) / 2 / ratio),
            pairs=len(pairs),
            reference_speedup=self.rival.reference_speedup,
        )

    def _ratio_limit(self) -> float:
        """The limit on student/rival: against a baseline, the recorded speedup of the reference carries it over.

        A loop that is very much slower is so by another factor on each machine (ring_push: 15 to 215). Slow answers
        take about as long as the loop: who is faster than it by the limit is none of them.
        """
        if self.rival.kind == "reference":
            return self.limit
        return self.limit / min(self.rival.reference_speedup or self.limit, self.limit**2)


def median_interval(ordered: np.ndarray) -> tuple[float, float]:
    """The 95 % interval of the median of an ordered sample, from the order statistics (normal approximation)."""
    n = len(ordered)
    reach = 0.98 * math.sqrt(n)  # 1.96 standard deviations of Binomial(n, 1/2)
    first, last = math.floor(n / 2 - reach), math.ceil(n / 2 + reach)
    return float(ordered[max(first, 0)]), float(ordered[min(last, n) - 1])


def explain(mine: dict[str, int], theirs: dict[str, int]) -> str:
    """Why `mine` is slower than `theirs`, both from `probes.cost`, in a sentence; empty where they are alike."""
    if not theirs:
        return ""
    if not mine:
        return "JAX cannot trace it as a whole: it goes back to Python on the way."
    if mine["callbacks"] > theirs["callbacks"]:
        return "Its program calls back to Python."
    if mine["operations"] > 3 * theirs["operations"] + 100:
        return (
            f"Its program has {about(mine['operations'])} operations, the reference's {theirs['operations']}: a loop "
            "that is written out? `lax.scan` or `vmap` keep the program short."
        )
    if mine["steps"] > 3 * theirs["steps"] + 10:
        return f"Its loops take {about(mine['steps'])} steps, one after the other; the reference's {theirs['steps']}."
    return ""


def explain_temporaries(mine: int, theirs: int) -> str:
    """Why `mine` is slower than `theirs`, both bytes, in a sentence; empty where they are alike."""
    if mine <= max(4 * theirs, 1 << 20):
        return ""
    return f"It makes {about(mine >> 20)} MB of temporary arrays, the reference {theirs / 2**20:.1f} MB."


def about(count: int) -> str:
    """A count that student code may have made up, to two digits: too few to carry a secret input out."""
    most = 999_999
    return "a million and more" if count > most else str(round(count, 2 - len(str(count))))


def cpu_cost(student: Student, function: Callable, *args: Any) -> tuple[Any, float]:
    """What `function(*args)` returns, and the CPU seconds of the student's process meanwhile."""
    start = student.cpu_seconds()
    result = function(*args)
    return result, student.cpu_seconds() - start


def surely_over(long: float, short: float, budget: float) -> bool:
    """Whether the `long` of two runs takes more beyond the `short` one than the budget, whatever noise added.

    Both compile, in all CPU seconds. On a busy machine that may differ by all that it takes, but not by more than
    two seconds.
    """
    return long - short > budget + min(short, MOST_NOISE)


def _is_cost(reply: Any) -> bool:
    """Whether what came out of a sandbox has the form of a cost."""
    if not isinstance(reply, dict) or not all(isinstance(value, int) for value in reply.values()):
        return False
    return set(reply) in (set(), {"operations", "callbacks", "steps"})


def describe(timing: Timing) -> str:
    """A timing in a sentence."""
    close = " That is too close to call, and counts in your favour." if timing.borderline else ""
    if timing.rival == "reference":
        sentence = f"It takes {timing.ratio:.1f} times as long as the reference; up to {timing.limit:g} times is fine."
        return sentence + close
    speedup = 1 / timing.ratio
    reference = f"; the reference is {timing.reference_speedup:.0f}x" if timing.reference_speedup else ""
    sentence = f"{speedup:.1f}x the speed of the plain loop{reference}; full speed marks from {1 / timing.limit:.1f}x."
    return sentence + close
