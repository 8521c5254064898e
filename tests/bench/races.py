"""How often a race is wrong: right answers that it fails, slow ones that it lets through, idle and on a loaded machine.

Every right answer of the bank with a race, the reference too, and every slow one are raced again and again, several
times in one sandbox and as many sandboxes at a time as there are cores. The environment variables `RIGHT` (2000) and
`SLOW` (200) say how many races of right answers there are in all and how many of each slow one: idle, and loaded.
"""

import contextlib
import math
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from autograder.checks.exercise import Check
from autograder.checks.run import Bench, run_check, run_fairly
from autograder.course import Course
from autograder.judge.judge import Judge
from autograder.player import GraderFault
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.zygote import Pool
from autograder.verdict import Verdict
from tests.bench.judging import Entry, entries, loaded
from tests.bench.page import Page, machine

ROOT = Path(__file__).parents[2]
BURST = 10
RATIOS = "`ratios` are times the reference's time, the least and the most of all races that were run:"
OUTCOMES = ("passed", "borderline", "failed", "not measured", "raced twice")


@dataclass
class Tally:
    """What came of the races of a check's right or slow answers."""

    outcomes: Counter
    ratios: list[float]

    def add(self, other: "Tally") -> None:
        """Add another's races."""
        self.outcomes += other.outcomes
        self.ratios += other.ratios


def races(judge: Judge, pool: Pool, entry: Entry, count: int) -> Tally:
    """What came of that many races of one answer, in one sandbox."""
    found = Tally(Counter(), [])
    with loaded(judge.prepare(entry.stage), pool, entry.path, backend="cpu") as (sandbox, bench):
        for _ in range(count):
            found.add(run(entry.check, sandbox, bench))
    return found


def run(check: Check, sandbox: Sandbox, bench: Bench) -> Tally:
    """What comes of a race as it is marked, noise striking twice; the ratios are of all races that were run."""
    ratios: list[float] = []

    def once(bench: Bench) -> Verdict:
        verdict = run_check(check, sandbox, bench)
        ratios.extend([verdict.timing.ratio] if verdict.timing else [])
        return verdict

    try:
        verdict = run_fairly(bench, once)
    except GraderFault:
        return Tally(Counter({"not measured": 1}), ratios)
    outcome = "borderline" if verdict.timing and verdict.timing.borderline else verdict.state
    return Tally(Counter({outcome: 1, "raced twice": len(ratios) > 1}), ratios)


@contextlib.contextmanager
def load(cores: int) -> Iterator[None]:
    """That many processes which do nothing but burn CPU."""
    burners = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(cores)]
    try:
        yield
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()


def main(page: Page) -> None:
    """Race on the idle machine, then on the loaded one; write docs/benchmarks/races.md."""
    right, slow, cores = int(os.environ.get("RIGHT", "2000")), int(os.environ.get("SLOW", "200")), os.cpu_count() or 1
    page.line(f"Measured on {machine()}.")
    course = Course.load(ROOT)
    with Judge(course) as judge:
        # Many races in one sandbox take longer than a submission may.
        limits = course.limits.model_copy(update={"cpu_seconds": 3600, "wall_seconds": 3600})
        pool = Pool(limits, judge.state / "xla", walls=True)
        bank = list(entries(judge, lambda check: "race" in check.fixtures))
        for name, burners in (("idle", 0), (f"{cores} cores loaded", cores)):
            with load(burners):
                found = race_all(judge, pool, bank, right, slow, cores)
            page.line(f"The machine {name} but for the races, {cores} at a time. {RATIOS}")
            page.table(["race", "answers", *OUTCOMES, "ratios"], rows(found))
        pool.close()


def race_all(
    judge: Judge, pool: Pool, bank: list[Entry], right: int, slow: int, workers: int
) -> dict[tuple[str, bool], Tally]:
    """Race right answers `right` times in all and each slow one `slow` times, in bursts of one sandbox each."""
    each = math.ceil(right / sum(entry.right for entry in bank))
    bursts = []
    for entry in bank:
        count = each if entry.right else slow
        bursts += [(entry, min(BURST, count - done)) for done in range(0, count, BURST)]
    # What is near in time is near in noise: the bursts of one answer should not be.
    random.Random(0).shuffle(bursts)
    found: dict[tuple[str, bool], Tally] = {}
    with ThreadPoolExecutor(workers) as executor:
        tallies = executor.map(lambda burst: races(judge, pool, *burst), bursts)
        for (entry, _), tally in zip(bursts, tallies, strict=True):
            found.setdefault((entry.check.name, entry.right), Tally(Counter(), [])).add(tally)
    return found


def rows(found: dict[tuple[str, bool], Tally]) -> list[list[str]]:
    """A row for each race and kind of answer, and the sums."""
    sums = {right: Tally(Counter(), []) for right in (True, False)}
    for (_, right), tally in found.items():
        sums[right].add(tally)
    ordered = sorted(found.items(), key=lambda item: (item[0][0], not item[0][1]))
    table = []
    for (check, right), tally in [(("all", right), tally) for right, tally in sums.items()] + ordered:
        span = f"{min(tally.ratios):.2f}-{max(tally.ratios):.2f}" if tally.ratios else "-"
        counts = (str(tally.outcomes[outcome]) for outcome in OUTCOMES)
        table.append([check, "right" if right else "slow", *counts, span])
    return table
