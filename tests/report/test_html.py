"""Verdicts and reports as HTML."""

from autograder.report.html import exercises_html, report_html
from autograder.verdict import Report, SubmissionResult, Verdict, exercise_result


def test_an_open_mark_is_no_zero():
    check = Verdict(name="total.speed", title="Fast", trait="speed", state="error", max=10, message="It was killed.")
    exercise = exercise_result("total", [check])
    shown = exercises_html([exercise])
    assert "the mark is open" in shown
    assert "0 of 10" not in shown
    open_mark = SubmissionResult(path="a.py", stage="01_tiny", score=0, max=10, state="error", exercises=[exercise])
    page = report_html(Report(schema=1, device="cpu", versions={}, isolation="none", submissions=[open_mark]))
    assert '<td class="mark">open</td>' in page
