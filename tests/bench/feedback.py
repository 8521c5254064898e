"""How long a student waits for `check("stub")`, and how long it were if all were compiled as JAX does by default.

Each stage is one process that goes through its stubs with the reference's answers, as a student's notebook does, the
two ways in turn. Stubs with a check that runs long are left out: their time is that of a training.
"""

import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Literal
from unittest import mock

import jax.numpy as jnp
import numpy as np

from autograder.checks.run import check_exercise
from autograder.course import Course
from autograder.selfcheck.local import local_bench, player_of
from autograder.stage import load_stage
from tests.bench.page import Page, machine

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT)
ROUNDS = 3
Way = Literal["fast", "default"]
WAYS: tuple[Way, ...] = ("fast", "default")
# Seconds: wall till the first check is decided, wall and CPU till all are.
Waits = dict[str, tuple[float, float, float]]


def waits(name: str, way: Way) -> Waits:
    """By stub, in this process."""
    stage = load_stage(ROOT / "assignments" / name)
    bench = local_bench(stage)
    jnp.zeros(3).block_until_ready()  # the notebook has started JAX long ago
    found: Waits = {}
    as_by_default = mock.patch("autograder.checks.run.compiling_fast", contextlib.nullcontext)
    with contextlib.nullcontext() if way == "fast" else as_by_default:
        for stub, checks in stage.checks.items():
            if any(check.runs_long for check in checks):
                continue
            player, _ = player_of(ROOT / "solutions" / name / f"{name}.py", stage)
            wall, cpu = time.perf_counter(), time.process_time()
            [first] = check_exercise(checks[:1], player, bench)
            gate = time.perf_counter() - wall
            others = check_exercise(checks[1:], player, bench)
            found[stub] = gate, time.perf_counter() - wall, time.process_time() - cpu
            assert all(verdict.state == "passed" for verdict in (first, *others)), stub
    return found


def in_a_process(name: str, way: Way) -> Waits:
    """`waits`, in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.feedback", name, way]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main(page: Page) -> None:
    """Measure, and fill the page."""
    page.line(
        f"Measured on {machine()}: the reference's answers, the stubs of a stage one after another in one process; "
        f"{ROUNDS} rounds, the two ways in turn. Seconds till `check` has decided on the first check, and on all, "
        "races included; median and range. Stubs with a check that runs long, a training, are left out."
    )
    rows, fast_waits = [], []
    for name in COURSE.stages:
        runs = [{way: in_a_process(name, way) for way in WAYS} for _ in range(ROUNDS)]
        for stub in runs[0]["fast"]:
            fast, default = (np.array([run[way][stub] for run in runs]) for way in WAYS)
            saved = np.median(default[:, 2] / fast[:, 2])
            rows.append([f"{name} {stub}", *(_spread(column) for column in (*fast.T, default[:, 2])), f"{saved:.1f}x"])
            fast_waits.append(np.median(fast[:, :2], axis=0))
        page.say("\n".join(map(str, rows[-len(runs[0]["fast"]) :])))
    first, all_of_them = np.median(fast_waits, axis=0)
    page.line(
        f"Of {len(rows)} stubs the median wait is {first:.1f} s for the first check and {all_of_them:.1f} s for all; "
        f"the longest is {max(wait[1] for wait in fast_waits):.1f} s."
    )
    head = ["stub", "first check, wall s", "all, wall s", "all, CPU s", "as JAX compiles by default, CPU s", "ratio"]
    page.table(head, rows)


def _spread(seconds: np.ndarray) -> str:
    return f"{np.median(seconds):.2f} ({seconds.min():.2f}-{seconds.max():.2f})"


if __name__ == "__main__":
    stage_name, chosen = sys.argv[1:]
    assert chosen in WAYS
    print(json.dumps(waits(stage_name, chosen)))
