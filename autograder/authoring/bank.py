"""The bank: right and wrong answers to each stub, `tests/bank/NN_name/<stub>/{right,wrong}/*.py`.

A wrong answer's docstring says what must come of it:

    '''One key for both draws.

    misconception: key_used_twice
    fails: two_normals.independent
    '''
"""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from autograder.player import GraderFault
from autograder.verdict import ExerciseResult


@dataclass(frozen=True)
class Answer:
    """One file of the bank."""

    path: Path
    stub: str
    right: bool
    misconception: str | None
    fails: str | None

    @property
    def name(self) -> str:
        """As in `two_normals/wrong/one_key`."""
        return f"{self.stub}/{'right' if self.right else 'wrong'}/{self.path.stem}"


def read_bank(folder: Path) -> list[Answer]:
    """The answers below `tests/bank/NN_name`, sorted."""
    return [_answer(path) for path in sorted(folder.glob("*/*/*.py")) if path.parent.name in ("right", "wrong")]


def complaint(answer: Answer, result: ExerciseResult) -> str | None:
    """How the result differs from what the bank says must come of the answer, or None."""
    if answer.right:
        failed = [c for c in result.checks if c.state != "passed"]
        return None if not failed else f"{answer.name}: {failed[0].name} {failed[0].state}: {failed[0].message}"
    check = next((c for c in result.checks if c.name == answer.fails), None)
    if check is None:
        return f"{answer.name}: there is no check {answer.fails}"
    # On a slow machine a slow answer may run out of time in an earlier check.
    if any(c.out_of_time and c.misconception == answer.misconception for c in result.checks):
        return None
    if result.state != "failed" or check.state != "failed":
        others = {c.name: (c.state, c.message) for c in result.checks if c.state != "passed"}
        return f"{answer.name}: {answer.fails} is {check.state}, the exercise {result.state}; not passed: {others}"
    if check.misconception != answer.misconception:
        return f"{answer.name}: the lesson was {check.misconception}, not {answer.misconception}: {check.message}"
    return None


def _answer(path: Path) -> Answer:
    try:
        text = ast.get_docstring(ast.parse(path.read_text())) or ""
    except SyntaxError as error:
        raise GraderFault(f"{path}, line {error.lineno}: it does not parse: {error.msg}") from error
    fields = dict(re.findall(r"^(misconception|fails): *(\S+)$", text, re.MULTILINE))
    right = path.parent.name == "right"
    if not text or (not right and set(fields) != {"misconception", "fails"}):
        raise GraderFault(f"{path}: its docstring should say what it is, and a wrong one `misconception:` and `fails:`")
    return Answer(path, path.parents[1].name, right, fields.get("misconception"), fields.get("fails"))
