"""What a stage's checks import."""

from autograder.checks.compare import agree, agree_on_all
from autograder.checks.exercise import CheckFailed, Lesson, exercise
from autograder.checks.lessons import raising
from autograder.player import StudentError
from autograder.program import Raw, call_stub
from autograder.wire import Key

__all__ = [
    "CheckFailed",
    "Key",
    "Lesson",
    "Raw",
    "StudentError",
    "agree",
    "agree_on_all",
    "call_stub",
    "exercise",
    "raising",
]
