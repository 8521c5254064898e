"""A class of submissions to three exercises: this kit, stock nbgrader autograde, otter-grader, in turn.

CPU is that of the whole machine while a grader runs (user and system, from /proc/stat), so nothing that a grader
starts is missed: run this on an idle machine.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cloudpickle
import jax
import numpy as np

from autograder.authoring.bank import read_bank
from autograder.checks.run import run_check
from autograder.course import Course
from autograder.judge.judge import Judge
from autograder.player import Student
from autograder.program import Stubs
from autograder.sandbox.zygote import Pool
from tests.bench import homemade
from tests.bench.judging import loaded
from tests.bench.page import Page, machine

ROOT = Path(__file__).parents[2]
ROUNDS, CLASS = 3, 48
ALONE = 8  # submissions to see what a grader costs that is run one at a time, whatever the size of the class
cloudpickle.register_pickle_by_value(sys.modules[__name__])  # the sandbox has no tests
OTTER = ROOT / ".venv-otter"


@dataclass(frozen=True)
class Grader:
    """A grader with its class: how to grade all of it, and then how many exercises passed, by student."""

    name: str
    students: list[str]
    grade: Callable[[], None]
    scores: Callable[[], dict[str, int]]


def answers() -> dict[str, dict[str, str]]:
    """The students' code, by stub: right and wrong answers of the bank, no two alike, if only for a comment."""
    bank = read_bank(ROOT / "tests" / "bank" / "05_vmap")
    students = {}
    for number in range(CLASS):
        right = number % 2 == 0
        code = {}
        for stub in homemade.STUBS:
            choice = [answer for answer in bank if answer.stub == stub and answer.right == right]
            code[stub] = choice[number // 2 % len(choice)].path.read_text() + f"\n# student {number}\n"
        students[f"student{number:02}"] = code
    return students


def cpu_seconds() -> float:
    """CPU seconds of the whole machine so far."""
    user, nice, system = map(int, Path("/proc/stat").read_text().split()[1:4])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


def cost(grade: Callable[[], None]) -> tuple[float, float]:
    """(wall, CPU) seconds of grading."""
    wall, cpu = time.perf_counter(), cpu_seconds()
    grade()
    return time.perf_counter() - wall, cpu_seconds() - cpu


def ours(folder: Path, students: dict[str, dict[str, str]]) -> Grader:
    """`jaxercise grade`, everything judged anew; leaves its document in `report.json`."""
    folder.mkdir()
    for student, code in students.items():
        (folder / f"{student}.py").write_text("\n\n".join(code.values()))
    program = Path(sys.executable).parent / "jaxercise"
    command = [str(program), "grade", str(folder), "--stage", "05_vmap", "--again", "--json"]

    def grade() -> None:
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        (folder / "report.json").write_text(done.stdout)

    return Grader("jaxercise grade", list(students), grade, lambda: own_scores(folder))


def own_scores(folder: Path) -> dict[str, int]:
    """How many of the exercises got full marks, by student."""
    submissions = json.loads((folder / "report.json").read_text())["submissions"]
    return {Path(s["path"]).stem: sum(e["state"] == "passed" for e in s["exercises"]) for s in submissions}


def stock_nbgrader(folder: Path, students: dict[str, dict[str, str]]) -> Grader:
    """`nbgrader autograde` with a kernel a submission."""
    homemade.nbgrader_course(folder, students)

    def grade() -> None:
        homemade.clean(folder)
        homemade.stock(folder, "generate_assignment", "ps1", "--force")
        homemade.stock(folder, "autograde", "ps1", "--create")

    names = list(students)
    return Grader("nbgrader autograde", names, grade, lambda: homemade.nbgrader_scores(folder, names))


def otter(folder: Path, students: dict[str, dict[str, str]], at_a_time: int) -> Grader:
    """`otter run`, a process a submission, so many at a time."""
    commands = homemade.otter_course(folder, OTTER / "bin" / "otter", students)
    environment = os.environ | {"PATH": f"{OTTER / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    def grade() -> None:
        waiting = list(commands)
        running: list[subprocess.Popen] = []
        while waiting or running:
            running = [process for process in running if process.poll() is None]
            while waiting and len(running) < at_a_time:
                quiet = subprocess.DEVNULL
                running.append(subprocess.Popen(waiting.pop(), env=environment, stdout=quiet, stderr=quiet))
            time.sleep(0.02)

    names = list(students)
    return Grader(f"otter run, {at_a_time} at a time", names, grade, lambda: homemade.otter_scores(folder, names))


def install_otter() -> None:
    """An environment of its own: its pins are not ours."""
    if not (OTTER / "bin" / "otter").exists():
        subprocess.run([sys.executable, "-m", "venv", str(OTTER)], check=True)
        wanted = ["otter-grader", "ipykernel", f"jax=={jax.__version__}"]
        subprocess.run([str(OTTER / "bin" / "pip"), "install", "-q", *wanted], check=True)


def listen(_: Stubs) -> None:
    """Count what JAX compiles from now on. Runs in the sandbox."""
    jax.spent = {}  # no module of the tests is there to hold it

    def add(event: str, duration_secs: float, **_: Any) -> None:
        count, seconds = jax.spent.get(event, (0, 0.0))
        jax.spent[event] = count + 1, seconds + duration_secs

    jax.monitoring.register_event_duration_secs_listener(add)


def heard(_: Stubs) -> dict[str, list[float]]:
    """(count, seconds) by the last word of the event."""
    return {event.rpartition("/")[2]: list(found) for event, found in jax.spent.items()}


def profile(page: Page) -> None:
    """Where the time of a right answer goes: the checks of its stub but for the race, which is a sandbox of its own."""
    course, rows = Course.load(ROOT), []
    bank = read_bank(ROOT / "tests" / "bank" / "05_vmap")
    with Judge(course) as judge:
        prepared, pool = judge.prepare("05_vmap"), Pool(course.limits, judge.state / "xla", walls=True)
        for answer in (answer for answer in bank if answer.right and answer.stub in homemade.STUBS):
            with loaded(prepared, pool, answer.path, backend="fast") as (sandbox, bench):
                loading = sandbox.cpu_seconds()
                Student(sandbox).run(listen)
                for check in prepared.stage.checks[answer.stub]:
                    if not check.optimise:
                        run_check(check, sandbox, bench)
                total, events = sandbox.cpu_seconds(), Student(sandbox).run(heard)
            programs, compiling = events["backend_compile_duration"]
            traced = events["jaxpr_trace_duration"][1] + events["jaxpr_to_mlir_module_duration"][1]
            rows.append([answer.name, str(int(programs)), *(f"{s:.2f}" for s in (total, loading, traced, compiling))])
        pool.close()
    page.line(
        "Where the time of a right answer goes, all checks of its stub but the race, in one sandbox. JAX says how long "
        "it traces and lowers (a function inside another counts twice) and compiles (or reads from the cache)."
    )
    page.table(["answer", "programs", "CPU s", "CPU s of loading", "tracing, lowering s", "compiling s"], rows)


def measure(graders: list[Grader], page: Page) -> list[np.ndarray]:
    """(wall, CPU) seconds a submission of each grader, each shaped (rounds, 2)."""
    found: list[list[tuple[float, float]]] = [[] for _ in graders]
    for _ in range(ROUNDS):
        for grader, costs in zip(graders, found, strict=True):
            wall, cpu = (seconds / len(grader.students) for seconds in cost(grader.grade))
            costs.append((wall, cpu))
            page.say(f"{grader.name}: {wall:.2f} s, {cpu:.2f} CPU s a submission")
    return [np.array(costs) for costs in found]


def row(grader: Grader, costs: np.ndarray, own: np.ndarray) -> list[str]:
    """Of the table: what it costs, as a multiple of what the kit does, and whom it passes."""
    shown = [f"{np.median(x):.2f} ({x.min():.2f}-{x.max():.2f})" for x in costs.T]
    ratios = [f"{ratio:.1f}x" for ratio in np.median(costs, axis=0) / np.median(own, axis=0)]
    scores = grader.scores()
    ordered = [scores[student] for student in grader.students]
    marks = [f"{sum(ordered[kind::2])} of {3 * len(ordered[kind::2])}" for kind in (0, 1)]
    return [grader.name, *shown, *ratios, *marks]


def main(page: Page) -> None:
    """Measure, print, and write docs/benchmarks/throughput.md."""
    install_otter()
    students, cores = answers(), os.cpu_count() or 1
    few = dict(list(students.items())[:ALONE])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        graders = [
            ours(folder / "ours", students),
            stock_nbgrader(folder / "nbgrader", students),
            otter(folder / "few", few, 1),
            otter(folder / "otter", students, cores),
        ]
        graders[0].grade()  # the hidden values are made once a class
        page.line(
            f"Measured on {machine()}: {CLASS} submissions to three exercises of `05_vmap`, half of them wrong; "
            f"{ROUNDS} rounds, the graders in turn, `otter run` one at a time on {ALONE} of them. Seconds a "
            "submission, median and range. The kit runs all checks of the course on secret and, where they fail, on "
            "public inputs, races included; the others run a few asserts."
        )
        found = measure(graders, page)
        rows = [row(grader, costs, found[0]) for grader, costs in zip(graders, found, strict=True)]
    head = ["grader", "wall s", "CPU s", "wall ratio", "CPU ratio", "right ones that pass", "wrong ones that pass"]
    page.table(head, rows)
    profile(page)
