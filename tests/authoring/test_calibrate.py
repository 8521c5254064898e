"""`jaxercise calibrate`: the bank's ratios on this device, and the limit between right and slow."""

import pytest
from typer.testing import CliRunner

from autograder.authoring.calibrate import NO_LIMIT, Proposal, Sample, proposals, table, unlimited
from autograder.cli import app
from autograder.sandbox import bubblewrap

RIGHT, SLOWER = Sample("a.speed", "a/right/one", True, 1.0), Sample("a.speed", "a/right/two", True, 2.0)
SLOW = Sample("a.speed", "a/wrong/slow", False, 18.0)
ALONE = Sample("b.speed", "b/right/one", True, 1.5)


def test_the_limit_lies_midway_between_right_and_slow():
    found = proposals([RIGHT, SLOWER, SLOW, ALONE])
    assert found == [Proposal(SLOWER, SLOW), Proposal(ALONE, None)]
    assert found[0].ratio == pytest.approx(6.0)
    assert found[1].ratio is None


def test_what_cannot_be_told_apart_gets_no_limit():
    assert Proposal(SLOW, Sample("a.speed", "a/wrong/fast", False, 2.0)).ratio is None


def test_the_table_names_the_answers_next_to_the_limit():
    shown = table(proposals([RIGHT, SLOWER, SLOW, ALONE]), limit=4)
    rows = list(zip(*(column.cells for column in shown.columns), strict=True))
    assert rows[0] == ("a.speed", "2.00 two", "18.00 slow", "6.0", "2.0x", "4.5x")
    assert rows[1] == ("b.speed", "1.50 one", "-", "-", "2.7x", "-")


def test_an_unlimited_course_has_no_stage_of_its_own_limit(tiny_course):
    course = unlimited(tiny_course)
    assert course.speed_limit("01_tiny", "cpu") == NO_LIMIT


def test_the_command_times_the_bank(tiny_course, tmp_path):
    problem = bubblewrap.why_unavailable()
    if problem:
        pytest.skip(problem)
    plot = tmp_path / "ratios.svg"
    done = CliRunner().invoke(app, ["calibrate", "01_tiny", "--plot", str(plot), "--course", str(tiny_course.root)])
    assert done.exit_code == 0, done.output
    assert "total/wrong/sorted_first" in done.output
    assert "untimed  total.speed  total/wrong/first_thousand: While it was timed" in done.output
    assert "total.speed" in done.stdout
    assert plot.read_text().startswith("<?xml")
