"""Verdicts as HTML: below a notebook cell, in nbgrader's feedback, and the report of a class. All from one template.

Whatever comes from a submission is escaped; the only markup passed through are our own figures.
"""

from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.report.figures import race_figure
from autograder.verdict import ExerciseResult, Report, Verdict


def exercises_html(results: list[ExerciseResult]) -> str:
    """The verdicts of exercises, to stand in any page."""
    return page("exercises.html", exercises=results)


def problem_html(what: str, reason: str) -> str:
    """A note in place of verdicts."""
    return str(Markup("<p><b>{}</b> {}</p>").format(what, reason))


def report_html(report: Report) -> str:
    """A whole page for a class."""
    return page("report.html", report=report)


def page(template: str, **values: Any) -> str:
    """A template of `report/templates`, filled in."""
    return _environment().get_template(template).render(**values)


def write_report(report: Report, path: Path) -> None:
    """Write the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(report_html(report), encoding="utf-8")


def figure(verdict: Verdict) -> Markup:
    """The picture of a verdict, or nothing."""
    if verdict.timing is not None:
        return Markup(race_figure(verdict.timing))
    if verdict.evidence is not None and verdict.evidence.figure:
        return Markup(verdict.evidence.figure)
    return Markup("")


def prose(text: str) -> Markup:
    """Text with `code` set as code; everything else is escaped."""
    parts = str(escape(text)).split("`")
    if len(parts) % 2 == 0:
        return Markup("`".join(parts))
    return Markup("".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts)))


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("autograder.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals["figure"] = figure
    environment.filters["prose"] = prose
    return environment
