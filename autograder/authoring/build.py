"""Building a stage: source -> notebook and expected values -> release, by stock nbgrader."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC
from pathlib import Path

from autograder.authoring.bank import Answer, read_bank
from autograder.authoring.record import record_public
from autograder.authoring.verify import verify
from autograder.course import Course
from autograder.notebook.build import build_notebook
from autograder.player import GraderFault
from autograder.recording import FORMAT, Recording
from autograder.stage import Stage, load_stage


def build_stage(course: Course, name: str) -> None:
    """Build `solutions/NAME/NAME.ipynb` and `expected.bin`, then `assignments/NAME` by stock nbgrader.

    Where `course.yml` says when it is due, the grade book is told.
    """
    exercises, due = course.stage(name).exercises, course.stage(name).due
    folder, release = course.sources(name), course.release(name)
    stage = load_stage(folder)
    bank = read_bank(course.bank(name))
    verify(stage, exercises, bank)
    source = folder / f"{name}.py"
    (folder / f"{name}.ipynb").write_text(build_notebook(source, exercises))
    _expect(course, stage, source, bank, release / "expected.bin")
    generate_assignment(course, name)
    if due is not None:
        nbgrader(course.root, "db", "assignment", "add", name, f"--duedate={due.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC")


def _expect(course: Course, stage: Stage, source: Path, bank: list[Answer], released: Path) -> None:
    """Put the students' expected values beside the source, made anew only where something they come from changed."""
    digest = sources_digest(course, stage.name)
    limits = {kind: course.speed_limit(stage.name, kind) for kind in course.speed}
    recording = Recording.load(released) if released.exists() else None
    if recording is None or recording.sources != digest:
        recording = record_public(stage, source, bank, digest, course.device)
    elif recording.speed == limits:
        shutil.copy(released, stage.expected)
        return
    recording.model_copy(update={"speed": limits}).save(stage.expected)


def sources_digest(course: Course, name: str) -> str:
    """A digest of all that the public values of a stage are made from: its sources, its bank, where it races."""
    files = sorted([*course.sources(name).glob("*.py"), *course.bank(name).glob("*/*/*.py")])
    parts = [f"format {FORMAT} {course.device}"] + [part for path in files for part in (path.name, path.read_text())]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def generate_assignment(course: Course, name: str) -> None:
    """Release the stage by the stock command. Raises `GraderFault` where that fails, or would publish the solutions."""
    settings, release = course.root / "nbgrader_config.py", course.release(name)
    if not settings.is_file():
        raise GraderFault(f"{settings} is missing: copy jaxercise's own, which sends nbgrader to the judge")
    with tempfile.TemporaryDirectory() as kept:
        if release.exists():
            shutil.copytree(release, kept, dirs_exist_ok=True)
        try:
            nbgrader(course.root, "generate_assignment", name, "--force")
        except GraderFault:
            # It takes the release away first: students and the judge need one.
            shutil.copytree(kept, release, dirs_exist_ok=True)
            raise
    solutions = release / f"{name}.py"
    if solutions.exists():
        solutions.unlink()
        raise GraderFault(f"{settings}: CourseDirectory.ignore has to name {name}.py, the solutions")


def nbgrader(root: Path, *arguments: str) -> None:
    """Run a stock command in the course's folder; raises `GraderFault` with what it said where it fails."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, env=command_environment())
    if done.returncode:
        raise GraderFault(f"nbgrader {' '.join(arguments)} failed:\n{done.stderr[-2000:]}")


def command_environment() -> dict[str, str]:
    """The environment for nbgrader, which starts alembic by its bare name."""
    return os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
