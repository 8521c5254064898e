"""How often a race is wrong: right answers that it fails, slow ones that it lets through, idle and on a loaded machine.

Every right answer of the bank with a race, the reference too, and every slow one are raced again and again, `BURST`
times in one sandbox, in rounds over the whole bank, until `MINUTES` (an environment variable, 60) are over.
"""

import contextlib
import itertools
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.bank import read_bank
from autograder.checks.exercise import Check
from autograder.checks.run import Bench, run_check
from autograder.course import Course
from autograder.judge.judge import Judge, race_against
from autograder.notebook.read import read_cells
from autograder.player import GraderFault
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.zygote import Pool
from tests.bench.page import Page, machine

ROOT = Path(__file__).parents[2]
BURST = 5
OUTCOMES = ("passed", "borderline", "failed", "not measured")


@dataclass(frozen=True)
class Entry:
    """An answer and the race it runs in."""

    stage: str
    path: Path
    check: Check
    right: bool


def entries(judge: Judge) -> list[Entry]:
    """Every answer that reaches a race, the reference first."""
    found = []
    for stage in judge.course.stages:
        solution = ROOT / "solutions" / stage / f"{stage}.py"
        bank = read_bank(ROOT / "tests" / "bank" / stage)
        for stub, checks in judge.prepare(stage).stage.checks.items():
            for check in (check for check in checks if "race" in check.fixtures):
                found.append(Entry(stage, solution, check, True))
                mine = [a for a in bank if a.stub == stub and (a.right or a.fails == check.name)]
                found += [Entry(stage, answer.path, check, answer.right) for answer in mine]
    return found


def outcomes(judge: Judge, pool: Pool, entry: Entry) -> Counter:
    """What came of `BURST` races of one answer."""
    prepared, found = judge.prepare(entry.stage), Counter()
    twin = prepared.twins.borrow()
    race = race_against(twin, prepared.speed_limit)
    bench = Bench(prepared.hidden.seed, prepared.hidden.checks, prepared.stage.lessons, race)
    try:
        with Sandbox(pool) as sandbox:
            sandbox.checks(prepared.stage.module_name, prepared.stage.source)
            sandbox.load(read_cells(entry.path, prepared.stage.checks), [entry.check.stub])
            for _ in range(BURST):
                found[outcome(entry.check, sandbox, bench)] += 1
    finally:
        twin.release()
    return found


def outcome(check: Check, sandbox: Sandbox, bench: Bench) -> str:
    """One race: passed, borderline (in the student's favour), failed, or not measured."""
    try:
        verdict = run_check(check, sandbox, bench)
    except GraderFault:
        return "not measured"
    return "borderline" if verdict.timing and verdict.timing.borderline else verdict.state


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
    """Race for the time there is, half of it idle and half loaded; write docs/benchmarks/races.md."""
    minutes, cores = float(os.environ.get("MINUTES", "60")), os.cpu_count() or 1
    page.line(f"Measured on {machine()}.")
    course = Course.load(ROOT)
    with Judge(course) as judge:
        pool, bank = Pool(course.limits, judge.state / "xla", walls=True), entries(judge)
        for name, burners in (("idle", 0), (f"{cores} cores loaded", cores)):
            found: dict[tuple[str, bool], Counter] = {}
            end = time.monotonic() + 30 * minutes
            with load(burners):
                for entry in itertools.cycle(bank):
                    if time.monotonic() > end:
                        break
                    key = entry.check.name, entry.right
                    found[key] = found.get(key, Counter()) + outcomes(judge, pool, entry)
            page.line(f"The machine {name}, {30 * minutes / 60:.0f} minutes:")
            page.table(["race", "answers", *OUTCOMES], rows(found))
        pool.close()


def rows(found: dict[tuple[str, bool], Counter]) -> list[list[str]]:
    """A row for each race and kind of answer, and the sums."""
    kinds = ((True, "right"), (False, "slow"))
    sums = {right: sum((c for (_, r), c in found.items() if r == right), Counter()) for right, _ in kinds}
    table = [["all", word, *(str(sums[right][o]) for o in OUTCOMES)] for right, word in kinds]
    for (check, right), counts in sorted(found.items(), key=lambda item: (item[0][0], not item[0][1])):
        table.append([check, "right" if right else "slow", *(str(counts[o]) for o in OUTCOMES)])
    return table
