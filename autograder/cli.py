"""The `jaxercise` command."""

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from autograder.player import GraderFault

if TYPE_CHECKING:
    from autograder.course import Course

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
console = Console(stderr=True, highlight=False)


def _output(says: str) -> Any:
    """An option for a file that is written when hours of work are done: its folder is looked at before."""

    def writable(path: Path | None) -> Path | None:
        folder = path and path.resolve().parent
        if folder and not (folder.is_dir() and os.access(folder, os.W_OK)):
            raise typer.BadParameter(f"{folder} is no folder that can be written to")
        return path

    return typer.Option(dir_okay=False, writable=True, callback=writable, help=says)


CourseFolder = Annotated[Path, typer.Option("--course", help="the course's folder, where course.yml lies")]
Stages = Annotated[list[str] | None, typer.Argument(help="stages, as in 05_vmap; all without a name")]


@app.callback()
def main() -> None:
    """A JAX course that grades itself."""


@app.command()
def grade(
    paths: Annotated[list[Path], typer.Argument(help="notebooks or .py files, or folders of them")],
    stage: Annotated[str | None, typer.Option(help="the stage, where the file's names do not tell")] = None,
    json: Annotated[bool, typer.Option("--json", help="print one JSON document (docs/json.md)")] = False,
    html: Annotated[Path | None, _output("write a report for people to this file")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="how many at a time; default: the cores")] = None,
    cluster: Annotated[
        str | None, typer.Option(help='grade on dask workers: a scheduler\'s address, or "local"; see course.yml')
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="judge anew what has been judged before")] = False,
    unsafe_no_sandbox: Annotated[bool, typer.Option(help="run student code unprotected")] = False,
    course: CourseFolder = Path(),
) -> None:
    """Grade submissions. The exit status is 0 when grading worked, whatever the marks.

    Results are kept as they come: after an interruption, say the same again, and only the rest is judged.
    """
    from autograder.course import Course
    from autograder.judge.open import open_judge
    from autograder.report.document import report_of
    from autograder.report.html import write_report
    from autograder.report.live import Live
    from autograder.report.table import class_table
    from autograder.text import as_text

    results = {}
    manifest = Course.load(course.resolve())
    if stage:
        manifest.stage(stage)  # said once, and not of each submission
    files = submissions(paths, manifest)
    with open_judge(manifest, walls=not unsafe_no_sandbox, reuse=not again, address=cluster) as judge:
        with Live(console, len(files)) as live, closing(judge.grade_many(files, stage, workers)) as graded:
            try:
                for result in graded:
                    results[result.path] = result
                    live.add(result)
            except KeyboardInterrupt:
                console.print(
                    "Stopped. What is graded is kept: say the same again for the rest. Waiting for what runs."
                )
                raise typer.Exit(130) from None
        report = report_of(judge, [results[as_text(str(path))] for path in files])
    if json:
        print(report.model_dump_json(by_alias=True))
    else:
        Console().print(class_table(report))
    if html:
        write_report(report, html)
    if all(result.fault for result in report.submissions):
        raise typer.Exit(2)


@app.command()
def build(stages: Stages = None, course: CourseFolder = Path()) -> None:
    """Build notebooks, expected values and releases from the sources."""
    from autograder.authoring.build import build_stage
    from autograder.course import Course

    manifest = Course.load(course.resolve())
    for name in stages or manifest.stages:
        build_stage(manifest, name)
        console.print(f"built {name}")


@app.command()
def prove(
    stages: Stages = None,
    only: Annotated[str, typer.Option(help="prove only bank answers whose name contains this")] = "",
    course: CourseFolder = Path(),
) -> None:
    """Prove stages: the reference gets every point, every bank answer what its docstring says."""
    from autograder.authoring.bank import read_bank
    from autograder.authoring.prove import prove as prove_stage
    from autograder.authoring.verify import verify
    from autograder.course import Course
    from autograder.stage import load_stage

    manifest = Course.load(course)
    right = []
    for name in stages or manifest.stages:
        points = manifest.stage(name).exercises
        stage = load_stage(manifest.sources(name))
        bank = read_bank(manifest.bank(name))
        verify(stage, points, bank)
        source = manifest.sources(name) / f"{name}.py"
        for answer, problem in prove_stage(stage, source, bank, only):
            right.append(problem is None)
            console.print(f"[red]no[/]  {escape(problem)}" if problem else f"[green]ok[/]  {answer}")
    if not right:
        raise GraderFault(f"no answer of the bank has {only!r} in its name")
    raise typer.Exit(code=0 if all(right) else 1)


@app.command()
def calibrate(
    stages: Stages = None,
    plot: Annotated[Path | None, _output("draw the answers to this file (.svg, .png)")] = None,
    device: Annotated[str, typer.Option(help="cpu or gpu; that of `course.yml` where none is named")] = "",
    course: CourseFolder = Path(),
) -> None:
    """Time the bank on this device: where right and slow answers fall, and the limits that would part them best."""
    from autograder.authoring import calibrate as calibration
    from autograder.course import Course
    from autograder.judge.judge import Judge

    manifest = Course.load(course.resolve())
    if device:
        manifest = manifest.on(device)
    found: list[calibration.Sample] = []
    with Judge(calibration.unlimited(manifest), keep=False) as judge:
        for name in stages or manifest.stages:
            limit = manifest.speed_limit(name, manifest.device)
            for sample in calibration.samples(judge, name, limit):
                if isinstance(sample, calibration.Untimed):
                    console.print(f"untimed  {sample.check}  {sample.answer}: {sample.why}", markup=False)
                    continue
                found.append(sample)
                console.print(f"{sample.ratio:7.2f}  {sample.check}  {sample.answer}")
    Console().print(calibration.table(calibration.proposals(found)))
    if plot:
        calibration.plot(found, plot)


def submissions(paths: list[Path], course: "Course") -> list[Path]:
    """The files to grade: those named, and in named folders every notebook and `.py` file but the course's own."""
    own = {f"test_{stage}.py" for stage in course.stages}
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            graded, passed_over = submissions_in(path, own)
            found += graded
            if passed_over:
                console.print(f"Not graded: {', '.join(map(str, passed_over))}", markup=False)
        elif path.exists():
            found.append(path)
        else:
            raise typer.BadParameter(f"{path} does not exist")
    if not found:
        raise typer.BadParameter("there is no notebook and no .py file in " + ", ".join(map(str, paths)))
    return list(dict.fromkeys(found))


def submissions_in(folder: Path, own: set[str]) -> tuple[list[Path], list[Path]]:
    """What is to be graded in a folder, and what may be a submission and is not graded.

    A student's folder that holds nothing to grade is to be graded too, so that the student is in the list; what lies
    beside a notebook belongs to it.

    Args:
        own: names of the course's files.
    """
    inside = [p for p in sorted(folder.rglob("*")) if not of_a_tool(p.relative_to(folder))]
    files = [p for p in inside if p.is_file() and p.name not in own]
    graded = [p for p in files if p.suffix.lower() in (".ipynb", ".py")]
    some = {p.relative_to(folder).parts[0] for p in graded}
    empty = [p for p in inside if p.parent == folder and p.is_dir() and p.name not in some]
    with_one = {p.parent for p in graded} - {folder}
    told = [p for p in files if p not in graded and not with_one & set(p.parents) and not set(empty) & set(p.parents)]
    return graded + empty, told


def of_a_tool(path: Path) -> bool:
    """Whether a file below a folder of submissions is Jupyter's, Python's, or what macOS puts into archives."""
    return any(part.startswith(".") or part in ("__MACOSX", "__pycache__") for part in path.parts)


def run() -> None:
    """The console script: a fault of the grader or of a file is one line, not a traceback."""
    try:
        app()
    except (GraderFault, OSError) as fault:
        console.print(f"jaxercise: {fault}", markup=False)
        raise SystemExit(2) from None
