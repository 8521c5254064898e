"""What grading says: the verdict of a check, the result of an exercise and of a submission.

These models are the JSON document of `jaxercise grade --json`, schema 1 (docs/json.md).
"""

from typing import Any, Literal

from pydantic import BaseModel, Field, field_validator

from autograder.text import as_text

MOST_LETTERS = 4000

State = Literal["passed", "failed", "blocked", "not_attempted", "error"]


class Record(BaseModel):
    """A part of the document, whose texts can be written."""

    @field_validator("*", mode="before")
    @classmethod
    def _as_text(cls, value: Any) -> Any:
        return as_text(value) if isinstance(value, str) else value


class Timing(Record):
    """A race, in seconds a call. `ratio` is the student's time over the rival's."""

    clock: str
    rival: Literal["reference", "baseline"]
    student_seconds: float
    rival_seconds: float
    ratio: float
    limit: float
    low: float = Field(description="with `high`, the 95 % interval of the median ratio")
    high: float
    borderline: bool = Field(description="the interval holds the limit: decided in the student's favour")
    spread: float = Field(description="half the 5-95 % range of the paired ratios, over their median")
    pairs: int
    reference_speedup: float | None = Field(
        None, description="recorded: how many times faster than the baseline the reference is"
    )


class Evidence(Record):
    """Where a value went wrong, on public inputs; arrays are shortened for reading."""

    call: str
    expected: str
    got: str
    where: str
    figure: str | None = Field(None, description="an inline SVG picture", repr=False)


class Verdict(Record):
    """One check of one exercise."""

    name: str
    title: str
    trait: str
    state: State
    score: float = 0.0
    max: float
    misconception: str | None = None
    idea: str | None = Field(None, description="the misconception in a few words")
    message: str = ""
    experiment: str | None = Field(None, description="the smallest code that shows why")
    evidence: Evidence | None = None
    timing: Timing | None = None
    out_of_time: bool = Field(False, description="a call was stopped at the limit of its time, or none was left for it")

    @field_validator("message")
    @classmethod
    def _short(cls, message: str) -> str:
        # A student's text is in it, which may be as long as a reply.
        return message if len(message) <= MOST_LETTERS else message[: MOST_LETTERS - 1] + "…"


class ExerciseResult(Record):
    """One stub."""

    name: str
    score: float
    max: float
    state: State
    checks: list[Verdict]


class SubmissionResult(Record):
    """One notebook or `.py` file. In state `error` the fault is the grader's and `reason` names it."""

    path: str
    stage: str
    score: float
    max: float
    state: Literal["graded", "error"]
    reason: str | None = None
    exercises: list[ExerciseResult]

    @property
    def mark(self) -> str:
        """The mark as people read it: "15 / 20", or "open" where a person has to give it."""
        return "open" if self.state == "error" else f"{self.score:g} / {self.max:g}"

    @property
    def fault(self) -> bool:
        """Whether the grader is at fault, and not a file that cannot be read."""
        return self.state == "error" and (self.reason or "").startswith("error: grader:")


class Report(BaseModel):
    """The document that `jaxercise grade --json` prints."""

    schema_: Literal[1] = Field(1, alias="schema", serialization_alias="schema")
    device: str
    versions: dict[str, str]
    isolation: str
    submissions: list[SubmissionResult]


def exercise_state(checks: list[Verdict]) -> State:
    """The state of an exercise from those of its checks."""
    states = {check.state for check in checks}
    if states == {"passed"}:
        return "passed"
    if "error" in states:
        return "error"
    if states == {"not_attempted"}:
        return "not_attempted"
    return "blocked" if states <= {"blocked", "not_attempted"} else "failed"


def with_load_failure(verdicts: list[Verdict], reason: str | None) -> list[Verdict]:
    """A stub whose cell did not load was attempted: say what is wrong with the cell."""
    if reason is None or exercise_state(verdicts) != "not_attempted":
        return verdicts
    message = f"The cell did not run. {reason}"
    return [Verdict(**v.model_dump() | {"state": "failed", "message": message}) for v in verdicts]


def exercise_result(name: str, checks: list[Verdict], load_failure: str | None = None) -> ExerciseResult:
    """Add the checks of one exercise up.

    Args:
        load_failure: why its cell did not load.
    """
    checks = with_load_failure(checks, load_failure)
    return ExerciseResult(
        name=name,
        score=sum(check.score for check in checks),
        max=sum(check.max for check in checks),
        state=exercise_state(checks),
        checks=checks,
    )
