"""The bank: every right answer gets full marks from the judge, every wrong one fails for its reason with its lesson."""

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from autograder.authoring.bank import Answer, complaint, read_bank
from autograder.course import Course
from autograder.judge.judge import Judge
from autograder.notebook.read import read_cells
from autograder.sandbox import bubblewrap

ROOT = Path(__file__).parents[2]
SEED = "97628e1c4b8505562d565ebedde95f91"
COURSE = Course.load(ROOT)
BANK = [(stage, answer) for stage in COURSE.stages for answer in read_bank(COURSE.bank(stage))]


@pytest.fixture(scope="session")
def judge() -> Iterator[Judge]:
    problem = bubblewrap.why_unavailable()
    if problem:
        pytest.skip(problem)
    # One seed for all runs, so that a wrong answer near a tolerance does not come out differently each time.
    with mock.patch("autograder.judge.judge.secret_seed", return_value=SEED), Judge(COURSE) as judge:
        yield judge


@pytest.mark.parametrize(("stage", "answer"), BANK, ids=[f"{stage}/{answer.name}" for stage, answer in BANK])
def test_answer(stage: str, answer: Answer, judge: Judge):
    # An answer brings the other stubs that it needs along; it is about one of them.
    checks = judge.prepare(stage).stage.checks
    # What the other checks say of a wrong answer is not asked: half of the bank's time.
    asked = (
        {check.name for check in checks[answer.stub]} if answer.right else {checks[answer.stub][0].name, answer.fails}
    )
    cells = read_cells(answer.path, checks)
    [exercise] = judge.judge_cells(stage, cells, [answer.stub], lambda check: check.name in asked)
    assert complaint(answer, exercise) is None


@pytest.mark.parametrize("stage", COURSE.stages)
def test_the_reference_gets_everything(stage: str, judge: Judge):
    result = judge.grade(COURSE.sources(stage) / f"{stage}.py", stage)
    assert [(c.name, c.message) for e in result.exercises for c in e.checks if c.state != "passed"] == []
    assert result.score == result.max == 100


@pytest.mark.parametrize("stage", COURSE.stages)
def test_the_untouched_notebook_gets_nothing(stage: str, judge: Judge):
    result = judge.grade(COURSE.release(stage) / f"{stage}.ipynb", stage)
    assert {e.state for e in result.exercises} == {"not_attempted"}
    assert result.score == 0


@pytest.mark.parametrize("stage", COURSE.stages)
def test_each_stub_has_its_share_of_answers(stage: str):
    for stub in COURSE.stages[stage].exercises:
        answers = [answer for name, answer in BANK if name == stage and answer.stub == stub]
        assert sum(answer.right for answer in answers) >= 3, stub
        assert sum(not answer.right for answer in answers) >= 5, stub
