"""`jaxercise calibrate`: the bank's ratios on this device, and the limit between right and slow."""

import pytest
from typer.testing import CliRunner

from autograder.authoring.calibrate import NO_LIMIT, Proposal, Sample, proposals, table, unlimited
from autograder.cli import app
from autograder.sandbox import bubblewrap

RIGHT, SLOWER = Sample("a.speed", "a/right/one", True, 1.0, 4), Sample("a.speed", "a/right/two", True, 2.0, 4)
SLOW = Sample("a.speed", "a/wrong/slow", False, 18.0, 4)
ALONE = Sample("b.speed", "b/right/one", True, 1.5, 2.5)


def test_the_limit_lies_midway_between_right_and_slow():
    found = proposals([RIGHT, SLOWER, SLOW, ALONE])
    assert found == [Proposal(SLOWER, SLOW), Proposal(ALONE, None)]
    assert found[0].ratio == pytest.approx(6.0)
    assert found[1].ratio is None


def test_what_cannot_be_told_apart_gets_no_limit():
    assert Proposal(SLOW, Sample("a.speed", "a/wrong/fast", False, 2.0, 4)).ratio is None


def test_the_table_names_the_answers_next_to_the_limit_of_their_stage():
    shown = table(proposals([RIGHT, SLOWER, SLOW, ALONE]))
    rows = list(zip(*(column.cells for column in shown.columns), strict=True))
    assert rows[0] == ("a.speed", "2.00 two", "18.00 slow", "6.0", "4", "2.0x", "4.5x")
    assert rows[1] == ("b.speed", "1.50 one", "-", "-", "2.5", "1.7x", "-")


def test_an_unlimited_course_has_no_stage_of_its_own_limit(tiny_course):
    course = unlimited(tiny_course)
    assert course.speed_limit("01_tiny", "cpu") == NO_LIMIT


def test_the_command_times_the_bank(tiny_course, tmp_path):
    problem = bubblewrap.why_unavailable()
    if problem:
        pytest.skip(problem)
    for name in ("solutions", "assignments", "tests"):
        (tmp_path / name).symlink_to(tiny_course.root / name)
    manifest = (tiny_course.root / "course.yml").read_text()
    (tmp_path / "course.yml").write_text(manifest.replace("title: Tiny", "title: Tiny\n    speed: {cpu: 2.5}"))
    plot = tmp_path / "ratios.svg"
    command = ["calibrate", "01_tiny", "--plot", str(plot), "--course", str(tmp_path)]
    done = CliRunner().invoke(app, command, env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    assert "total/wrong/sorted_first" in done.output
    assert "untimed  total.speed  total/wrong/first_thousand: While it was timed" in done.output
    (row,) = (line for line in done.stdout.splitlines() if "total.speed" in line)
    assert row.split("│")[5].strip() == "2.5"
    assert plot.read_text().startswith("<?xml")
