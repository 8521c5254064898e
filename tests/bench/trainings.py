"""How often the speed check of a training is wrong, of the right answers and of those that fail there.

A training has no race: it compares CPU times within one process, for seconds to a minute. So each answer of the bank,
the reference too, is judged in a new sandbox each time. Marks are kept in docs/benchmarks/trainings.csv as they come,
and count for as long as neither answer nor check changes: the hours that 200 of each slow answer take may be taken in
parts. The environment variable `RUNS` (10) says how many of each slow answer there should be in the end, and of each
right one a tenth as many; `STAGES` (all) which stages to go on with, `MINUTES` (60) when to stop.
"""

import ast
import csv
import inspect
import os
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

from autograder.checks import run, speed
from autograder.checks.exercise import Check
from autograder.checks.run import run_check, run_fairly
from autograder.course import Course
from autograder.judge.judge import Judge
from autograder.judge.keys import digest_of, source_of
from autograder.notebook.cells import Cell
from autograder.notebook.slice import read_statements
from autograder.sandbox.zygote import Pool
from autograder.verdict import State
from tests.bench.judging import Entry, entries, loaded
from tests.bench.page import Page, machine, spread

ROOT = Path(__file__).parents[2]
MARKS = ROOT / "docs" / "benchmarks" / "trainings.csv"


def trains_fast(check: Check) -> bool:
    """Whether it is the speed check of a training."""
    return check.stub == "train" and check.trait == "speed"


class WithoutWords(ast.NodeTransformer):
    """Blanks what is said to people: it decides no mark."""

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.Constant:
        """An f-string."""
        return ast.Constant("")

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        """A string of more than one word; one word may be a key."""
        return ast.Constant("") if isinstance(node.value, str) and " " in node.value else node


def deciding(source: str, names: list[str]) -> str:
    """What the functions of a module with this source call there, themselves included; no imports, no words."""
    module = ast.parse(source_of(read_statements([Cell("", source)]), names))
    module.body = [node for node in module.body if not isinstance(node, ast.Import | ast.ImportFrom)]
    return ast.unparse(WithoutWords().visit(module))


def identity(judge: Judge, training: Entry) -> str:
    """What a mark belongs to: the answer, its check, and what decides with it."""
    stage = judge.prepare(training.stage).stage
    modules = ((run, ["run_fairly"]), (speed, ["cpu_cost", "surely_over"]))
    return digest_of(
        training.path.read_text(),
        deciding(stage.source, [training.check.function.__name__]),
        *(deciding(inspect.getsource(module), names) for module, names in modules),
    )[:12]


def judged(judge: Judge, pool: Pool, training: Entry) -> tuple[State, float]:
    """What the check says of it in a sandbox of its own, and the CPU seconds that took there."""
    check = training.check
    with loaded(judge.prepare(training.stage), pool, training.path, backend=check.backend("cpu")) as (sandbox, bench):
        before = sandbox.cpu_seconds()
        verdict = run_fairly(bench, lambda bench: run_check(check, sandbox, bench))
        most = pool.limits.call_seconds  # what was stopped has no clock
        return verdict.state, most if verdict.out_of_time else sandbox.cpu_seconds() - before


def kept_marks() -> list[list[str]]:
    """The marks so far: identity, stage, answer, state, CPU seconds."""
    if not MARKS.exists():
        return []
    with MARKS.open(newline="") as file:
        return list(csv.reader(file))


def keep_marks(rows: Iterable[list[str]], mode: Literal["w", "a"]) -> None:
    """Write marks down."""
    with MARKS.open(mode, newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def judge_more(course: Course, judge: Judge, trainings: dict[str, Entry], page: Page) -> None:
    """Judge what is missing, as many at a time as there are cores, until all is there or the time is up."""
    slow_runs, stop = int(os.environ.get("RUNS", "10")), time.monotonic() + 60 * float(os.environ.get("MINUTES", "60"))
    stages = os.environ.get("STAGES", " ".join(course.stages)).split()
    have = Counter(row[0] for row in kept_marks())
    runs = {key: max(1, slow_runs // 10) if training.right else slow_runs for key, training in trainings.items()}
    wanted = Counter({key: runs[key] - have[key] for key in trainings if trainings[key].stage in stages})
    queue = list(wanted.elements())
    random.Random(have.total()).shuffle(queue)  # what is near in time is near in noise
    pool = Pool(course.limits, judge.state / "xla", walls=True)

    def mark(key: str) -> tuple[State, float] | None:
        return judged(judge, pool, trainings[key]) if time.monotonic() < stop else None

    with ThreadPoolExecutor(os.cpu_count()) as executor:
        for key, result in zip(queue, executor.map(mark, queue), strict=True):
            if result is not None:
                row = [key, trainings[key].stage, trainings[key].name, result[0], f"{result[1]:.2f}"]
                keep_marks([row], "a")
                page.say(" ".join(row))
    pool.close()


def main(page: Page) -> None:
    """Judge more of them; write docs/benchmarks/trainings.md about all marks that there are."""
    course = Course.load(ROOT)
    with Judge(course) as judge:
        trainings = {identity(judge, training): training for training in entries(judge, trains_fast)}
        keep_marks([row for row in kept_marks() if row[0] in trainings], "w")
        judge_more(course, judge, trainings, page)
    found = defaultdict(list)
    for key, _stage, _name, state, seconds in kept_marks():
        found[key].append((state, float(seconds)))
    page.line(
        f"Measured on {machine()} and machines like it before: each mark in a new sandbox, {os.cpu_count()} at a time."
    )
    for right, what in ((True, "right"), (False, "slow")):
        rows, marks, wrong = [], 0, 0
        for key, training in trainings.items():
            if training.right == right and found[key]:
                states, seconds = zip(*found[key], strict=True)
                others = len(states) - states.count("passed" if right else "failed")
                marks, wrong = marks + len(states), wrong + others
                rows.append([training.stage, training.name, str(len(states)), str(others), spread(seconds, "check")])
        page.line(f"Of {marks} marks on {len(rows)} {what} answers, {wrong} were wrong.")
        page.table(["stage", "answer", "marks", "wrong marks", "CPU"], rows)
