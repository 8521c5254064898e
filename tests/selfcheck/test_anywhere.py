"""Students check themselves on the laptop they have: nothing that a self-check runs is Linux's own."""

import subprocess
import sys

PROGRAM = """
import os, sys, time, warnings
from pathlib import Path
import jax, pytest
for name in ("fcntl", "resource"):
    sys.modules[name] = None
for module, name in ((os, "sched_setaffinity"), (os, "sched_getaffinity"), (time, "clock_gettime")):
    delattr(module, name)
warnings.filterwarnings("error", category=EncodingWarning, module="autograder")  # texts are UTF-8 everywhere
import autograder.datasets, autograder.selfcheck.plugin
from autograder.checks.run import check_exercise
from autograder.selfcheck.local import local_bench, player_of
from autograder.stage import load_stage
solution, release = map(Path, sys.argv[1:])
stage = load_stage(release)
player, failures = player_of(solution, stage)
verdicts = [v for checks in stage.checks.values() for v in check_exercise(checks, player, local_bench(stage))]
print(*(f"{v.name} {v.state} {v.message}" for v in verdicts), sep="\\n")
"""


def test_a_self_check_needs_nothing_of_linux(tiny_course):
    solution = tiny_course.sources("01_tiny") / "01_tiny.py"
    command = [sys.executable, "-X", "warn_default_encoding", "-c", PROGRAM]
    release = tiny_course.release("01_tiny")
    done = subprocess.run([*command, str(solution), str(release)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) >= 4
    assert all(" passed " in line for line in lines), done.stdout
