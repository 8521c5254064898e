"""The class as a table in the terminal."""

from autograder.report.table import class_table
from autograder.verdict import Report, SubmissionResult


def test_an_open_mark_is_no_zero():
    zero = SubmissionResult(path="a.py", stage="01_tiny", score=0, max=20, state="graded", exercises=[])
    unread = zero.model_copy(update={"state": "error", "reason": "unreadable submission: it is empty"})
    table = class_table(Report(schema=1, device="cpu", versions={}, isolation="bubblewrap", submissions=[zero, unread]))
    assert list(table.columns[2].cells) == ["0 / 20", "open"]
