"""The class as a table in the terminal."""

from pathlib import Path

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
    table.add_column("submission")
    table.add_column("stage")
    table.add_column("mark", justify="right")
    table.add_column("exercises")
    for result in report.submissions:
        path = Path(result.path)
        name = f"{path.parent.parent.name}/{path.name}" if path.suffix == ".ipynb" else path.name
        marks = " ".join(f"{MARK[e.state]} {e.name}" for e in result.exercises)
        table.add_row(
            escape(name), result.stage, f"{result.score:g} / {result.max:g}", marks or escape(result.reason or "")
        )
    table.caption = "✓ passed  ✗ failed  · blocked  – not attempted  ! the grader's fault"
    return table
