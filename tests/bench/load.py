"""A class in one go: does memory stay bounded, is everyone reported once; then `kill -9` at 20 moments.

The class hands in the bank of one stage, each answer several times over, no two files alike; some end their process,
some never end. `SUBMISSIONS` (an environment variable) changes the number.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from autograder.authoring.bank import read_bank
from tests.bench.page import Page, machine
from tests.stored import stored

ROOT = Path(__file__).parents[2]
STAGE = "05_vmap"
KILLS, KILL_CLASS = 20, 100
# What two of each hundred do in place of answering.
SPOILED = {49: "import os; os._exit(0)", 99: "while True: pass"}


@dataclass
class Run:
    """One run of `jaxercise grade`: its document, seconds, and peaks of resident memory in MB."""

    submissions: list[dict]
    seconds: float
    judge_mb: list[float]
    tree_mb: float


def course(folder: Path) -> Path:
    """The course with a state of its own."""
    for part in ("solutions", "assignments"):
        shutil.copytree(ROOT / part / STAGE, folder / part / STAGE)
    shutil.copy(ROOT / "course.yml", folder)
    return folder


def hand_in(folder: Path, count: int) -> dict[str, tuple[str, bool]]:
    """Lay down the class. Returns by file name which stub each is about, and whether it should pass."""
    folder.mkdir()
    bank = read_bank(ROOT / "tests" / "bank" / STAGE)
    truth = {}
    for number in range(count):
        answer = bank[number % len(bank)]
        name, code, right = f"{number:04}.py", answer.path.read_text(), answer.right
        if number % 100 in SPOILED:
            code, right = f"def {answer.stub}(*_):\n    {SPOILED[number % 100]}\n", False
        (folder / name).write_text(f"number = {number}\n{code}")
        truth[name] = answer.stub, right
    return truth


def command(course: Path, folder: Path) -> list[str]:
    program = Path(sys.executable).parent / "jaxercise"
    return [str(program), "grade", str(folder), "--stage", STAGE, "--json", "--course", str(course)]


def grade(course: Path, folder: Path, count: int) -> Run:
    """Grade the class; watch the memory of the judge, its peak in each quarter of the class, and of all it starts."""
    start, tree_mb, judge_mb = time.perf_counter(), 0.0, [0.0] * 4
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command(course, folder), stdout=out, stderr=subprocess.DEVNULL)
        judge = psutil.Process(process.pid)
        while process.poll() is None:
            quarter = min(3, 4 * stored(course, "DISTINCT submission") // count)
            own = resident(judge)
            judge_mb[quarter] = max(judge_mb[quarter], own)
            tree_mb = max(tree_mb, own + sum(map(resident, descendants(judge))))
            time.sleep(0.25)
        if process.returncode:
            raise RuntimeError(f"jaxercise grade ended with status {process.returncode}")
        out.seek(0)
        submissions = json.load(out)["submissions"]
    return Run(submissions, time.perf_counter() - start, judge_mb, tree_mb)


def descendants(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def resident(process: psutil.Process) -> float:
    """Resident memory in MB, shared pages counted in full; 0 for a process that has ended."""
    try:
        return process.memory_info().rss / 2**20
    except psutil.NoSuchProcess:
        return 0.0


def misjudged(run: Run, truth: dict[str, tuple[str, bool]]) -> list[str]:
    """The files whose verdict is not what is known of them."""
    wrong = []
    for submission in run.submissions:
        name = Path(submission["path"]).name
        stub, right = truth[name]
        states = {exercise["name"]: exercise["state"] for exercise in submission["exercises"]}
        if submission["state"] != "graded" or (states[stub] == "passed") != right:
            wrong.append(name)
    return wrong


def kill_again_and_again(course: Path, folder: Path) -> list[int]:
    """Start the grader and kill it, `KILLS` times, each after a few results more. Returns the results then stored."""
    moments, counts = random.Random(0), [0]
    for _ in range(KILLS):
        process = subprocess.Popen(command(course, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        enough = counts[-1] + moments.randint(0, KILL_CLASS // KILLS)
        while stored(course, "DISTINCT submission") < enough and process.poll() is None:
            time.sleep(0.02)
        time.sleep(moments.uniform(0, 2))
        process.kill()
        process.wait()
        counts.append(stored(course, "DISTINCT submission"))
    return counts[1:]


def main(page: Page) -> None:
    """Measure, and write docs/benchmarks/load.md."""
    count = int(os.environ.get("SUBMISSIONS", "1000"))
    page.line(f"Measured on {machine()}: the bank of `{STAGE}`, one stub a submission.")
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        truth = hand_in(root / "class", count)
        run = grade(course(root / "course"), root / "class", count)
        wrong = misjudged(run, truth)
        spoiled = sum(number % 100 in SPOILED for number in range(count))
        page.line(
            f"{count} submissions in one go, {spoiled} of which end their process or never end: "
            f"{len(run.submissions)} reported, {len({s['path'] for s in run.submissions})} different ones, "
            f"{len(wrong)} with another verdict than is known of them. {run.seconds / 60:.0f} minutes, "
            f"{60 * count / run.seconds:.0f} a minute."
        )
        quarters = ", ".join(f"{mb:.0f}" for mb in run.judge_mb)
        page.line(
            f"Peak resident memory of the judge in each quarter of the class: {quarters} MB; of everything it started, "
            f"itself included and shared pages counted in full: {run.tree_mb:.0f} MB."
        )
        for file in wrong:
            page.say(f"misjudged: {file} {truth[file]}")
        truth = hand_in(root / "few", KILL_CLASS)
        folder = course(root / "killed")
        counts = kill_again_and_again(folder, root / "few")
        run = grade(folder, root / "few", KILL_CLASS)
        page.line(
            f"`kill -9` of the judge at {KILLS} random moments of a class of {KILL_CLASS}; results in the store after "
            f"each: {', '.join(map(str, counts))}. The run after that reported {len(run.submissions)} submissions, "
            f"{len({s['path'] for s in run.submissions})} different ones, {len(misjudged(run, truth))} with another "
            "verdict than is known of them."
        )
