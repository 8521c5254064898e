"""`jaxercise prove`: what it says of the bank."""

from typer.testing import CliRunner

from autograder.cli import app
from autograder.player import GraderFault


def test_a_name_that_no_answer_has_is_said(tiny_course):
    done = CliRunner().invoke(app, ["prove", "01_tiny", "--only", "typo", "--course", str(tiny_course.root)])
    assert isinstance(done.exception, GraderFault)
    assert str(done.exception) == "no answer of the bank has 'typo' in its name"
