"""What counts as the outcome that the bank says an answer must have."""

from pathlib import Path

import pytest

from autograder.authoring.bank import Answer, complaint, read_bank
from autograder.player import GraderFault
from autograder.verdict import ExerciseResult, Verdict, exercise_result

SLOW = Answer(Path("train/wrong/slow.py"), "train", False, misconception="slow_epochs", fails="train.speed")


def judged(*checks: tuple[str, str, str | None, bool]) -> ExerciseResult:
    """An exercise of checks (name, state, misconception, out of time)."""
    verdicts = [
        Verdict(
            name=name, title=name, trait="law", max=5, score=5.0 * (state == "passed"), state=state, message="",
            misconception=misconception, out_of_time=late,
        )
        for name, state, misconception, late in checks
    ]  # fmt: skip
    return exercise_result("train", verdicts)


def test_a_wrong_answer_fails_where_it_should_with_its_lesson():
    learns = ("train.learns", "passed", None, False)
    assert complaint(SLOW, judged(learns, ("train.speed", "failed", "slow_epochs", False))) is None
    assert "is passed" in str(complaint(SLOW, judged(learns, ("train.speed", "passed", None, False))))
    assert "lesson" in str(complaint(SLOW, judged(learns, ("train.speed", "failed", "compiled_again", False))))


def test_a_slow_answer_may_run_out_of_time_before_it_comes_to_its_check():
    blocked = ("train.speed", "blocked", None, False)
    assert complaint(SLOW, judged(("train.learns", "failed", "slow_epochs", True), blocked)) is None
    assert complaint(SLOW, judged(("train.learns", "failed", "slow_epochs", False), blocked)) is not None
    assert complaint(SLOW, judged(("train.learns", "failed", "does_not_learn", True), blocked)) is not None


def test_an_answer_that_does_not_parse_is_named(tmp_path):
    path = tmp_path / "double" / "wrong" / "broken.py"
    path.parent.mkdir(parents=True)
    path.write_text("x = 1\ndef (\n")
    with pytest.raises(GraderFault, match=r"broken\.py, line 2: it does not parse"):
        read_bank(tmp_path)
