"""What an author misspells is named before anything runs."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.authoring.bank import read_bank
from autograder.authoring.build import generate_assignment
from autograder.authoring.verify import verify
from autograder.course import Course
from autograder.notebook.build import build_notebook
from autograder.player import GraderFault
from autograder.stage import load_stage

ROOT = Path(__file__).parents[2]
CHECKS, SOURCE = "solutions/01_tiny/test_01_tiny.py", "solutions/01_tiny/01_tiny.py"
SQUARED = "tests/bank/01_tiny/double/wrong/squared.py"


@pytest.fixture
def altered(tmp_path: Path) -> Callable[[str, str, str], Course]:
    """The tiny course, with a text in a file of it replaced."""

    def alter(file: str, old: str, new: str) -> Course:
        shutil.copytree(ROOT / "tests" / "tiny", tmp_path, dirs_exist_ok=True)
        text = (tmp_path / file).read_text()
        assert old in text
        (tmp_path / file).write_text(text.replace(old, new, 1))
        return Course.load(tmp_path)

    return alter


def verify_all(course: Course, name: str) -> None:
    stage = load_stage(course.sources(name))
    verify(stage, course.stages[name].exercises, read_bank(course.bank(name)))


@pytest.mark.parametrize("name", Course.load(ROOT).stages)
def test_the_stages_fit_together(name: str):
    verify_all(Course.load(ROOT), name)


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        (CHECKS, "test_double_zero", "test_dooble_zero", "a check of double is called test_double_<what>"),
        (CHECKS, '"""Twice 3 is 6."""', "pass", "test_double_zero: it needs a docstring"),
        (CHECKS, 'trait="pure"', 'trait="pur"', "'pur' is no trait; there are values, "),
        (CHECKS, "zero(student)", "zero(studend)", "'studend' is no fixture; there are race, "),
        (CHECKS, 'lesson="squared"', 'lesson="square"', r"test_01_tiny\.py: line \d+: LESSONS has no 'square'"),
        (SQUARED, "misconception: squared", "misconception: sqared", r"squared\.py: LESSONS has no 'sqared'"),
        (SQUARED, "fails: double.", "fails: dooble.", "double has no check 'dooble.values'; it has double.values, "),
    ],
    ids=["name", "title", "trait", "fixture", "lesson", "misconception", "fails"],
)
def test_a_misspelt_name_is_told_with_its_place(altered, file: str, old: str, new: str, why: str):
    with pytest.raises(GraderFault, match=why):
        verify_all(altered(file, old, new), "01_tiny")


def test_answers_to_a_stub_that_is_not_there_are_named(altered):
    course = altered(SQUARED, "misconception", "misconception")
    (course.root / "tests/bank/01_tiny/double").rename(course.root / "tests/bank/01_tiny/dooble")
    with pytest.raises(GraderFault, match="'dooble' is no stub; there are double, total"):
        verify_all(course, "01_tiny")


def test_a_course_without_nbgraders_settings_is_told_where_to_get_them(altered):
    course = altered(SOURCE, "Tiny", "Tiny")
    with pytest.raises(GraderFault, match=r"nbgrader_config\.py is missing: copy jaxercise's own"):
        generate_assignment(course, "01_tiny")


def test_settings_that_would_publish_the_solutions_are_refused_and_a_failed_build_takes_no_release(altered):
    course = altered(SOURCE, "Tiny", "Tiny")
    settings, release = course.root / "nbgrader_config.py", course.release("01_tiny")
    text = (ROOT / "nbgrader_config.py").read_text()
    source = course.root / SOURCE
    source.with_suffix(".ipynb").write_text(build_notebook(source, course.stages["01_tiny"].exercises))
    settings.write_text(text)
    generate_assignment(course, "01_tiny")
    assert (release / "01_tiny.ipynb").exists()

    settings.write_text("raise SystemExit(3)")
    with pytest.raises(GraderFault, match="failed"):
        generate_assignment(course, "01_tiny")
    assert (release / "01_tiny.ipynb").exists()

    settings.write_text(text.replace('"[0-9][0-9]_*.py", ', ""))
    with pytest.raises(GraderFault, match="has to name 01_tiny"):
        generate_assignment(course, "01_tiny")
    assert not (release / "01_tiny.py").exists()
