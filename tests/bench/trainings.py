"""How often the speed check of a training is wrong, of the right answers and of those that fail there.

A training has no race: it compares CPU time and lines of Python within one process, for seconds to a minute. So each
answer of the bank, the reference too, is judged in a new sandbox each time. The environment variable `RUNS` (10) says
how often.
"""

import os
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from autograder.checks.exercise import Check
from autograder.checks.run import run_check, run_fairly
from autograder.course import Course
from autograder.judge.judge import Judge
from autograder.sandbox.zygote import Pool
from autograder.verdict import State
from tests.bench.judging import Entry, entries, loaded
from tests.bench.page import Page, machine, spread

ROOT = Path(__file__).parents[2]


def trains_fast(check: Check) -> bool:
    """Whether it is the speed check of a training."""
    return check.stub == "train" and check.trait == "speed"


def judged(judge: Judge, pool: Pool, training: Entry) -> tuple[State, float]:
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
        found: dict[Entry, list[tuple[State, float]]] = {training: [] for training in entries(judge, trains_fast)}
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
            rows.append([training.stage, training.name, str(others), spread(seconds, "check")])
        page.table(["stage", "answer", "wrong marks", "CPU"], rows)
