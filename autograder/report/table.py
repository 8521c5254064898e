"""The class as a table in the terminal."""

import os

from rich.markup import escape
from rich.table import Table

from autograder.verdict import Report

MARK = {
    "passed": "[green]✓[/]",
    "failed": "[red]✗[/]",
    "blocked": "[yellow]·[/]",
    "not_attempted": "–",
    "error": "[red]![/]",
}


def class_table(report: Report) -> Table:
    """One row a submission: its mark and what became of each exercise."""
    table = Table(title=f"{len(report.submissions)} submissions · {report.isolation} · {report.device}")
    table.add_column("submission", overflow="fold")
    table.add_column("stage")
    table.add_column("mark", justify="right")
    table.add_column("exercises")
    for result, name in zip(report.submissions, short_names([s.path for s in report.submissions]), strict=True):
        marks = " ".join(f"{MARK[e.state]} {e.name}" for e in result.exercises)
        table.add_row(escape(name), result.stage, result.mark, marks or escape(result.reason or ""))
    table.caption = "✓ passed  ✗ failed  · blocked  – not attempted  ! the grader's fault"
    return table


def short_names(paths: list[str]) -> list[str]:
    """The paths below the folder that holds them all."""
    whole = [os.path.abspath(path) for path in paths]
    folder = os.path.commonpath([os.path.dirname(path) for path in whole]) if whole else ""
    return [os.path.relpath(path, folder) for path in whole]
