"""The JSON document of a run."""

from autograder.judge.judge import Judge
from autograder.judge.keys import versions
from autograder.verdict import Report, SubmissionResult


def report_of(judge: Judge, submissions: list[SubmissionResult]) -> Report:
    """All that a run says of its submissions, the machine and the versions."""
    return Report(
        schema=1, device=judge.course.device, versions=versions(), isolation=judge.isolation, submissions=submissions
    )
