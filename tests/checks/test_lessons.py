"""Every lesson is there, and its experiment runs."""

import contextlib
import io
from pathlib import Path

import pytest

from autograder.authoring.bank import read_bank
from autograder.checks import lessons
from autograder.course import Course
from autograder.stage import load_stage, verify_points

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT)


def stage_lessons(stage: str) -> dict:
    return lessons.LESSONS if stage == "jax" else load_stage(ROOT / "solutions" / stage).lessons


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("stage", ["jax", *COURSE.stages])
def test_experiments_run(stage):
    for name, lesson in stage_lessons(stage).items():
        with contextlib.redirect_stdout(io.StringIO()):
            try:
                exec(compile(lesson.experiment, name, "exec"), {"__name__": "experiment"})
            except Exception as error:
                pytest.fail(f"{stage}, {name}: {type(error).__name__}: {error}")
        assert lesson.idea
        assert not lesson.idea.endswith("."), name


@pytest.mark.parametrize("name", COURSE.stages)
def test_a_stage_is_whole(name):
    stage = load_stage(ROOT / "solutions" / name)
    verify_points(stage, COURSE.stages[name].exercises)
    assert sum(COURSE.stages[name].exercises.values()) == 100
    assert set(stage.hints) == set(stage.checks)
    assert all(len(layers) == 3 for layers in stage.hints.values())
    known = set(stage.lessons) | set(lessons.LESSONS)
    for checks in stage.checks.values():
        for check in checks:
            assert check.title, check.name
            assert check.lesson is None or check.lesson in known, check.name
    for answer in read_bank(ROOT / "tests" / "bank" / name):
        assert answer.right or answer.misconception in known, answer.name
