"""Checks: plain pytest functions that say what they check.

    @exercise("hvp", trait="values", points=10)
    def test_equals_the_reference(student, reference, rng):
        "Your product equals the Hessian times v."
        agree(student, reference, "hvp", f, x, v)

The first check of an exercise is its gate: where it fails, the others are `blocked`, because a fast or tidy
wrong answer earns nothing. A check fails by raising `CheckFailed`; it may ask for the fixtures `student`, `reference`,
`rng` (a seeded `numpy.random.Generator`) and `race` (checks/speed.py), by name.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Literal

from autograder.device import Backend, Device
from autograder.verdict import Evidence, Timing

Trait = Literal["values", "law", "keys", "pure", "trace", "speed", "memory", "learns"]


@dataclass(frozen=True)
class Lesson:
    """A misconception: the idea that was missed, in a few words; why; and the smallest code that shows it."""

    idea: str
    why: str
    experiment: str


class CheckFailed(Exception):
    """A check that the student's answer does not pass.

    Args:
        lesson: the misconception's id, a key of the stage's `LESSONS`, where it is known.
        message: what was seen, in a sentence.
    """

    def __init__(
        self,
        message: str,
        *,
        lesson: str | None = None,
        evidence: Evidence | None = None,
        timing: Timing | None = None,
    ):
        super().__init__(message)
        self.message = message
        self.lesson = lesson
        self.evidence = evidence
        self.timing = timing


@dataclass(frozen=True)
class Check:
    """One check of one exercise, as its decorator and docstring declare it; `fixtures` are the names it asks for."""

    stub: str
    name: str
    title: str
    trait: Trait
    points: float
    lesson: str | None
    slow: str | None
    runs_long: bool
    on_gpu: bool
    function: Callable[..., Any]
    fixtures: tuple[str, ...]

    @property
    def optimise(self) -> bool:
        """Whether its programs have to be compiled as they are outside of grading: it races, weighs, or runs long."""
        return "race" in self.fixtures or self.trait == "memory" or self.runs_long

    def backend(self, device: Device) -> Backend:
        """Where it is judged in a course that races on `device`."""
        return self.timed_on(device) if self.optimise else "fast"

    def timed_on(self, device: Device) -> Device:
        """Where it is timed in a course that races on `device`."""
        return device if self.on_gpu else "cpu"


def exercise(
    stub: str,
    *,
    trait: Trait,
    points: float,
    lesson: str | None = None,
    slow: str | None = None,
    runs_long: bool = False,
    on_gpu: bool = False,
) -> Callable:
    """Declare a check of `stub` that is worth `points`.

    Args:
        lesson: the misconception to name where none fits better.
        slow: the misconception of an answer that runs out of time here.
        runs_long: whether most of its time goes into running programs, and not into compiling them.
        on_gpu: whether its race tells right from slow on a GPU too, where a course has one. Measured, not guessed: on a
            GPU most inputs that a course can use are too small (docs/benchmarks/gpu.md).
    Raises:
        TypeError: the fixtures do not fit the trait.
    """

    def declare(function: Callable) -> Callable:
        name = f"{stub}.{function.__name__.removeprefix('test_').removeprefix(stub).strip('_')}"
        title = (inspect.getdoc(function) or "").split("\n")[0]
        fixtures = tuple(inspect.signature(function).parameters)
        check = Check(stub, name, title, trait, points, lesson, slow, runs_long, on_gpu, function, fixtures)
        if trait == "speed" and "reference" in check.fixtures:
            raise TypeError(
                f"{function.__name__}: nothing is recorded for a speed check; ask for `race`, not `reference`"
            )
        if trait != "speed" and "race" in check.fixtures:
            raise TypeError(f'{function.__name__} asks for `race`: say trait="speed"')
        if on_gpu and "race" not in check.fixtures:
            raise TypeError(f"{function.__name__}: only a race can run on a GPU")
        function.check = check  # type: ignore[attr-defined]
        return function

    return declare


def checks_of(module: ModuleType) -> list[Check]:
    """The checks of a stage's test module, in the order of the file."""
    return [value.check for name, value in vars(module).items() if name.startswith("test_") and hasattr(value, "check")]
