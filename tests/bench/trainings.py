"""How often the speed check of a training is wrong, of the right answers and of those that fail there.

A training has no race: it compares CPU time and lines of Python within one process, for seconds to a minute. So each
answer of the bank, the reference too, is judged in a new sandbox each time. The environment variable `RUNS` (10) says
how often.
"""

import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from autograder.authoring.bank import read_bank
from autograder.checks.exercise import Check
from autograder.checks.run import run_check, run_fairly
from autograder.course import Course
from autograder.judge.judge import Judge
from autograder.sandbox.zygote import Pool
from autograder.verdict import State
from tests.bench.judging import loaded
from tests.bench.page import Page, machine, spread

ROOT = Path(__file__).parents[2]
STUB = "train"


@dataclass(frozen=True)
class Training:
    """An answer to `train`, and the check of its speed."""

    stage: str
    name: str
    path: Path
    check: Check
    right: bool


def trainings(judge: Judge) -> Iterator[Training]:
    """Every right answer, the reference first, and those that should fail on speed."""
    for stage in judge.course.stages:
        for check in judge.prepare(stage).stage.checks.get(STUB, ()):
            if check.trait == "speed":
                yield Training(stage, "reference", ROOT / "solutions" / stage / f"{stage}.py", check, True)
                for answer in read_bank(ROOT / "tests" / "bank" / stage):
                    if answer.stub == STUB and (answer.right or answer.fails == check.name):
                        yield Training(stage, answer.name, answer.path, check, answer.right)


def judged(judge: Judge, pool: Pool, training: Training) -> tuple[State, float]:
    """What the check says of it in a sandbox of its own, and the CPU seconds that took there."""
    check = training.check
    with loaded(judge.prepare(training.stage), pool, training.path, backend=check.backend("cpu")) as (sandbox, bench):
        before = sandbox.cpu_seconds()
        verdict = run_fairly(check, bench, lambda bench: run_check(check, sandbox, bench))
        return verdict.state, sandbox.cpu_seconds() - before


def main(page: Page) -> None:
    """Judge them, as many at a time as there are cores; write docs/benchmarks/trainings.md."""
    runs, cores = int(os.environ.get("RUNS", "10")), os.cpu_count() or 1
    course = Course.load(ROOT)
    with Judge(course) as judge:
        found: dict[Training, list[tuple[State, float]]] = {training: [] for training in trainings(judge)}
        queue = list(found) * runs
        random.Random(0).shuffle(queue)  # what is near in time is near in noise
        pool = Pool(course.limits, judge.state / "xla", walls=True)
        with ThreadPoolExecutor(cores) as executor:
            for training, result in zip(queue, executor.map(lambda t: judged(judge, pool, t), queue), strict=True):
                found[training].append(result)
                page.say(f"{training.stage} {training.name}: {result[0]}, {result[1]:.1f} CPU s")
        pool.close()
    page.line(f"Measured on {machine()}: runs of each answer: {runs}, each in a new sandbox, {cores} at a time.")
    for right, what in ((True, "right"), (False, "slow")):
        mine = {training: results for training, results in found.items() if training.right == right}
        expected = "passed" if right else "failed"
        wrong = sum(state != expected for results in mine.values() for state, _ in results)
        page.line(f"Of {runs * len(mine)} marks on {len(mine)} {what} answers, {wrong} were wrong.")
        rows = []
        for training, results in mine.items():
            states, seconds = zip(*results, strict=True)
            others = runs - states.count(expected)
            rows.append([training.stage, training.name, str(others), spread(np.array(seconds).tolist(), "check")])
        page.table(["stage", "answer", "wrong marks", "CPU"], rows)
