"""`jaxercise calibrate`: the bank's ratios on this device, and the limit between right and slow."""

import pytest
from typer.testing import CliRunner

from autograder.authoring.calibrate import NO_LIMIT, Proposal, Sample, proposals, unlimited
from autograder.cli import app
from autograder.sandbox import bubblewrap


def test_the_limit_lies_midway_between_right_and_slow():
    found = [
        Sample("a.speed", "a/right/one", True, 1.0),
        Sample("a.speed", "a/right/two", True, 2.0),
        Sample("a.speed", "a/wrong/slow", False, 18.0),
        Sample("b.speed", "b/right/one", True, 1.5),
    ]
    assert proposals(found) == [Proposal("a.speed", 2.0, 18.0), Proposal("b.speed", 1.5, None)]
    assert proposals(found)[0].ratio == pytest.approx(6.0)
    assert proposals(found)[1].ratio is None


def test_what_cannot_be_told_apart_gets_no_limit():
    assert Proposal("a.speed", 3.0, 2.0).ratio is None


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
    assert "total.speed" in done.stdout
    assert plot.read_text().startswith("<?xml")
