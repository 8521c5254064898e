"""Verifying a stage before anything of it runs: that its checks, its lessons and its bank fit together."""

import ast
from collections.abc import Iterable, Iterator
from typing import get_args

from autograder.authoring.bank import Answer
from autograder.checks.exercise import Check, Trait
from autograder.player import GraderFault
from autograder.stage import Stage, verify_points

FIXTURES = {"student", "reference", "rng", "race"}
NAMES_A_LESSON = {"lesson", "nearly", "slow"}


def verify(stage: Stage, points: dict[str, float], bank: Iterable[Answer]) -> None:
    """Raise `GraderFault` that names every place where the stage does not fit together.

    Args:
        points: of each stub, as in `course.yml`.
    """
    verify_points(stage, points)
    test_file = stage.folder / f"{stage.module_name}.py"
    problems = [f"{test_file}: {what}" for what in [*_of_checks(stage), *_of_lessons(stage)]]
    problems += [f"{answer.path}: {what}" for answer in bank for what in _of_answer(answer, stage)]
    if problems:
        raise GraderFault("\n".join(problems))


def _of_checks(stage: Stage) -> Iterator[str]:
    for stub, checks in stage.checks.items():
        for check in checks:
            yield from (f"{check.function.__name__}: {what}" for what in _of_check(check, stub))


def _of_check(check: Check, stub: str) -> Iterator[str]:
    if not check.function.__name__.startswith(f"test_{stub}_"):
        yield f"a check of {stub} is called test_{stub}_<what>"
    if not check.title:
        yield "it needs a docstring, which students read: what is promised"
    if check.trait not in get_args(Trait):
        yield f"{check.trait!r} is no trait; there are {', '.join(get_args(Trait))}"
    unknown = set(check.fixtures) - FIXTURES
    if unknown:
        yield f"{sorted(unknown)[0]!r} is no fixture; there are {', '.join(sorted(FIXTURES))}"


def _of_lessons(stage: Stage) -> Iterator[str]:
    keywords = (node for node in ast.walk(ast.parse(stage.source)) if isinstance(node, ast.keyword))
    for keyword in keywords:
        name = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
        if keyword.arg in NAMES_A_LESSON and isinstance(name, str) and name not in stage.all_lessons:
            yield f"line {keyword.lineno}: LESSONS has no {name!r}"


def _of_answer(answer: Answer, stage: Stage) -> Iterator[str]:
    if answer.stub not in stage.checks:
        yield f"{answer.stub!r} is no stub; there are {', '.join(stage.checks)}"
    elif not answer.right:
        names = [check.name for check in stage.checks[answer.stub]]
        if answer.fails not in names:
            yield f"{answer.stub} has no check {answer.fails!r}; it has {', '.join(names)}"
        if answer.misconception not in stage.all_lessons:
            yield f"LESSONS has no {answer.misconception!r}"
