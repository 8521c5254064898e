"""`make demo`: grade the demo class with stock nbgrader commands and print the class table."""

import subprocess
import sys
import threading
import time
from pathlib import Path

from jinja2 import Environment
from nbgrader.api import Gradebook
from rich.console import Console
from rich.table import Table

from autograder.authoring.build import build_stage, command_environment
from autograder.course import Course
from tests.demo.course import ROOT, STAGES, lay_course, lay_submissions
from tests.demo.roster import CLASS

console = Console(highlight=False)


def main() -> int:
    folder = ROOT / ".jaxercise" / "demo"
    start = time.monotonic()
    console.print(f"A demo course in {folder.relative_to(ROOT)}")
    lay_course(folder)
    course = Course.load(folder)
    for stage in STAGES:
        with console.status(f"building and releasing {stage}"):
            build_stage(course, stage)
        console.print(f"  nbgrader generate_assignment {stage}")
    lay_submissions(folder)
    console.print(f"  {len(CLASS)} submissions")
    for command in ("autograde", "generate_feedback"):
        for stage in STAGES:
            seconds = nbgrader(folder, command, stage)
            console.print(f"  nbgrader {command} {stage}  [dim]{seconds:.0f} s[/]")
    marks = read_marks(folder)
    console.print(class_table(marks))
    wrong = [s.name for s in CLASS if marks[s.name] != s.marks]
    if wrong:
        console.print(f"[red]Marks that differ from the truth: {', '.join(wrong)}[/]")
    else:
        seconds = time.monotonic() - start
        console.print(f"Every mark is as it must be. {len(CLASS)} submissions in {seconds:.0f} s, building included.")
    report = folder / "report.html"
    template = Environment(autoescape=True).from_string((Path(__file__).parent / "class.html").read_text())
    report.write_text(template.render(students=CLASS, marks=marks))
    console.print(f"Report: {report}", soft_wrap=True)
    return 1 if wrong else 0


def nbgrader(folder: Path, command: str, stage: str) -> float:
    """Run a stock command and show how far it is; returns the seconds it took."""
    start = time.monotonic()
    target = {"autograde": "autograded", "generate_feedback": "feedback"}[command]
    handed_in = sum(student.stage == stage for student in CLASS)
    log = folder / f"{command}-{stage}.log"
    with console.status("") as status, log.open("w") as output:
        running = [sys.executable, "-m", "nbgrader", command, stage]
        process = subprocess.Popen(running, cwd=folder, stdout=output, stderr=output, env=command_environment())
        while process.poll() is None:
            done = len(list((folder / target).glob(f"*/{stage}/*")))
            status.update(f"nbgrader {command} {stage}: {min(done, handed_in)} of {handed_in}")
            threading.Event().wait(0.3)
    if process.returncode:
        raise SystemExit(f"nbgrader {command} {stage} failed:\n{log.read_text()[-3000:]}")
    return time.monotonic() - start


def read_marks(folder: Path) -> dict[str, dict[str, float | None]]:
    """Each student's marks by stub, out of nbgrader's grade book."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        return {
            student.name: {
                grade.name.removesuffix("-check"): grade.auto_score
                for notebook in gradebook.find_submission(student.stage, student.name).notebooks
                for grade in notebook.grades
            }
            for student in CLASS
        }


def class_table(marks: dict[str, dict[str, float | None]]) -> Table:
    """The class: what was handed in, the mark, and what it had to be."""
    table = Table("student", "stage", "handed in", "mark", "truth", title="The grade book")
    for student in CLASS:
        mark = sum(score or 0 for score in marks[student.name].values())
        truth = sum(student.marks.values())
        style = "" if marks[student.name] == student.marks else "red"
        table.add_row(student.name, student.stage, student.about, f"{mark:g}", f"{truth:g}", style=style)
    return table


if __name__ == "__main__":
    sys.exit(main())
