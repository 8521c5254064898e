"""Calibrating: where right and slow answers of the bank fall on this device, and where a limit would stand best."""

import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path

from rich.table import Table

from autograder.authoring.bank import Answer, read_bank
from autograder.course import Course
from autograder.judge.judge import Judge
from autograder.notebook.read import read_cells

NO_LIMIT = 1e9


@dataclass(frozen=True)
class Sample:
    """One answer in one race: `ratio` is its time over the reference's, `limit` what it may be in the course."""

    check: str
    answer: str
    right: bool
    ratio: float
    limit: float


@dataclass(frozen=True)
class Untimed:
    """An answer that a race said nothing of, and why."""

    check: str
    answer: str
    why: str


@dataclass(frozen=True)
class Proposal:
    """A limit for one check: midway, in ratios, between the slowest right and the fastest slow answer."""

    slowest_right: Sample
    fastest_slow: Sample | None

    @property
    def ratio(self) -> float | None:
        """The proposed limit; None where there is nothing to tell apart, or nothing tells it apart."""
        if self.fastest_slow is None or self.fastest_slow.ratio <= self.slowest_right.ratio:
            return None
        return math.sqrt(self.slowest_right.ratio * self.fastest_slow.ratio)


def unlimited(course: Course) -> Course:
    """The course with no limit of speed, so that every race runs to its end."""
    stages = {name: stage.model_copy(update={"speed": {}}) for name, stage in course.stages.items()}
    return course.model_copy(update={"stages": stages, "speed": dict.fromkeys(course.speed, NO_LIMIT)})


def samples(judge: Judge, stage: str, limit: float) -> Iterator[Sample | Untimed]:
    """Race every answer that should reach a race: the right ones, and those that should fail there.

    Args:
        judge: of an `unlimited` course.
        limit: the stage's own, which holds in the course.
    """
    device, checks = judge.course.device, judge.prepare(stage).stage.checks
    for stub, mine in checks.items():
        # On a GPU all of them, to see which ones hold there.
        checks[stub] = [replace(check, on_gpu=True) if "race" in check.fixtures else check for check in mine]
    races = {check.name: stub for stub, mine in checks.items() for check in mine if "race" in check.fixtures}
    bank = read_bank(judge.course.bank(stage))
    answers = [a for a in bank if (a.stub in races.values() if a.right else a.fails in races)]
    # Races on a GPU wait for each other; those on a CPU are best measured on a quiet machine.
    with ThreadPoolExecutor(1 if device == "cpu" else judge.slots) as pool:
        racing = [pool.submit(_samples, judge, stage, answer, set(races), limit) for answer in answers]
        for future in as_completed(racing):
            yield from future.result()


def proposals(found: list[Sample]) -> list[Proposal]:
    """A proposal for each check."""
    made = []
    for check in dict.fromkeys(sample.check for sample in found):
        right = [s for s in found if s.check == check and s.right]
        slow = [s for s in found if s.check == check and not s.right]
        if right:
            ratio = attrgetter("ratio")
            made.append(Proposal(max(right, key=ratio), min(slow, key=ratio, default=None)))
    return made


def table(made: list[Proposal]) -> Table:
    """The proposals next to the limits that hold now, with the margin on both sides."""
    shown = Table(title="Times the reference's time")
    for head in ("check", "slowest right", "fastest slow", "proposed", "limit", "margin: right", "margin: slow"):
        shown.add_column(head, justify="left" if head == "check" else "right")
    for p in made:
        right, slow = p.slowest_right, p.fastest_slow
        proposed = "-" if p.ratio is None else f"{p.ratio:.1f}"
        below = f"{right.limit / right.ratio:.1f}x"
        beyond = "-" if slow is None else f"{slow.ratio / slow.limit:.1f}x"
        shown.add_row(right.check, _named(right), _named(slow), proposed, f"{right.limit:g}", below, beyond)
    return shown


def plot(found: list[Sample], path: Path) -> None:
    """Every sample as a dot on a logarithmic scale, right ones green, slow ones red; dashed: the limits."""
    import matplotlib.pyplot as plt

    checks = list(dict.fromkeys(sample.check for sample in found))[::-1]
    figure, axes = plt.subplots(figsize=(8, 0.35 * len(checks) + 1.2), layout="constrained")
    for right, colour, label in ((True, "#2e8540", "right"), (False, "#c0392b", "slow")):
        mine = [s for s in found if s.right == right]
        axes.scatter([s.ratio for s in mine], [checks.index(s.check) for s in mine], 18, colour, alpha=0.7, label=label)
    rows = [checks.index(sample.check) for sample in found]
    limits = [sample.limit for sample in found]
    axes.vlines(limits, [row - 0.5 for row in rows], [row + 0.5 for row in rows], "gray", "dashed", lw=1)
    axes.set_xscale("log")
    axes.set_yticks(range(len(checks)), checks)
    axes.set_xlabel("times the reference's time")
    axes.legend(frameon=False)
    figure.savefig(path)
    plt.close(figure)


def _named(sample: Sample | None) -> str:
    return "-" if sample is None else f"{sample.ratio:.2f} {sample.answer.rpartition('/')[2]}"


def _samples(judge: Judge, stage: str, answer: Answer, races: set[str], limit: float) -> list[Sample | Untimed]:
    checks = judge.prepare(stage).stage.checks
    asked = {checks[answer.stub][0].name, *races}
    cells = read_cells(answer.path, checks)
    [exercise] = judge.judge_cells(stage, cells, [answer.stub], lambda check: check.name in asked)
    return [
        Sample(v.name, answer.name, answer.right, v.timing.ratio, limit)
        if v.timing is not None
        else Untimed(v.name, answer.name, v.message)
        for v in exercise.checks
        if v.name in races
    ]
