"""Where a process lies about the size of its programs, the clock finds what is written out."""

import sys
from pathlib import Path

import pytest

from autograder.checks.run import run_check
from autograder.device import compiling_fast
from autograder.selfcheck.local import local_bench, player_of
from autograder.stage import load_stage
from autograder.verdict import Verdict

ROOT = Path(__file__).parents[2]
WRITTEN_OUT = [
    ("07_cnn", "max_pool.trace", "python_loops"),
    ("07_cnn", "max_pool.trace", "images_concatenated"),
    ("07_cnn", "max_pool.trace", "loop_over_channels"),
    ("07_cnn", "batch_norm.trace", "images_summed"),
    ("07_cnn", "batch_norm.trace", "loop_over_channels"),
]


def verdict_of(stage_name: str, check_name: str, kind: str, answer: str, monkeypatch: pytest.MonkeyPatch) -> Verdict:
    """What the check says of a bank answer where every program has five operations."""
    stage = load_stage(ROOT / "assignments" / stage_name)
    stub = check_name.split(".")[0]
    player, _ = player_of(ROOT / "tests" / "bank" / stage_name / stub / kind / f"{answer}.py", stage)
    [check] = [check for check in stage.checks[stub] if check.name == check_name]
    for module in (sys.modules[stage.module_name], sys.modules["autograder.checks.growth"]):
        monkeypatch.setattr(module, "program_size", lambda *_: 5)
    with compiling_fast():
        return run_check(check, player, local_bench(stage))


@pytest.mark.parametrize(("stage", "check", "answer"), WRITTEN_OUT)
def test_a_program_that_is_written_out_takes_long(stage, check, answer, monkeypatch):
    verdict = verdict_of(stage, check, "wrong", answer, monkeypatch)
    assert (verdict.state, verdict.message[:20]) == ("failed", "The first call takes")


@pytest.mark.parametrize(
    ("stage", "check", "answer"),
    [("07_cnn", "max_pool.trace", "sorted_last"), ("07_cnn", "batch_norm.trace", "named_axes")],
)
def test_one_that_is_not_passes(stage, check, answer, monkeypatch):
    assert verdict_of(stage, check, "right", answer, monkeypatch).state == "passed"
