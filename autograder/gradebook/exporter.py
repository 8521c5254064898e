"""Reading what students submitted for `nbgrader autograde`, and judging the class ahead of it.

nbgrader makes one exporter a command and hands it one notebook after the other; one that cannot be read would
abort the class. So this one reads anything, and starts to judge the whole class in parallel at the first notebook.
"""

import glob
import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.converters import Autograde

from autograder.course import Course
from autograder.gradebook.ahead import Results, judge_ahead
from autograder.gradebook.restore import restored
from autograder.notebook.read import contents
from autograder.verdict import SubmissionResult

WITHOUT_WALLS = "JAXERCISE_UNSAFE_NO_SANDBOX"


class SubmissionExporter(NotebookExporter):
    """Reads a submission into the release's notebook and knows the class's results.

    `walls` says whether student code is judged in the sandbox: it is, unless the environment says
    `JAXERCISE_UNSAFE_NO_SANDBOX=1`.
    """

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.converter: Autograde = kwargs["parent"]
        self.walls = os.environ.get(WITHOUT_WALLS) != "1"
        self._results: Results = {}
        self._started = False
        self._stop = Event()

    @cached_property
    def course(self) -> Course:
        """The course in whose folder the command runs."""
        return Course.load(Path.cwd())

    def from_filename(self, filename: str, resources: Any = None, **kwargs: Any) -> Any:
        """Read a notebook: a submitted one into the release's cells, an autograded one as it is."""
        details = resources["nbgrader"]
        if self.converter._sanitizing:
            if not self._started:
                self._started = True
                self._judge_class(details["assignment"])
            release = self.course.release(details["assignment"]) / f"{details['notebook']}.ipynb"
            notebook = restored(Path(filename), release)
        else:
            notebook = nbformat.read(filename, as_version=4)
        try:
            return self.from_notebook_node(notebook, resources=resources, **kwargs)
        except KeyboardInterrupt:
            # Else the command would not end before the whole class is judged.
            self._stop.set()
            raise

    def result(self, assignment: str, student: str, notebook: str) -> SubmissionResult:
        """The judge's result on one submission of the class; waits for it."""
        coursedir: Any = self.converter.coursedir
        folder = Path(coursedir.format_path(coursedir.submitted_directory, student, assignment))
        path = folder.absolute() / f"{notebook}.ipynb"
        if path not in self._results:
            self._judge([path], assignment)
        return self._results[path].result()

    def _judge(self, paths: Iterable[Path], assignment: str) -> None:
        """Start on these submissions."""
        self._results |= judge_ahead(self.course, paths, assignment, walls=self.walls, stop=self._stop)

    def _judge_class(self, assignment: str) -> None:
        """Start on every submission that this command will come to."""
        for complaint in self._without_notebook(assignment):
            self.log.error(complaint)
        if not self.walls:
            self.log.warning(f"{WITHOUT_WALLS}=1: student code runs unprotected")
        paths = [Path(path) for notebooks in self.converter.assignments.values() for path in notebooks]
        self._judge([p.absolute() for p in paths if self.converter.force or self._is_newer(p)], assignment)

    def _without_notebook(self, assignment: str) -> Iterator[str]:
        """What nbgrader passes over without a word, or with one that names no file."""
        coursedir: Any = self.converter.coursedir
        wanted = f"{assignment}.ipynb"
        folders = coursedir.format_path(coursedir.submitted_directory, coursedir.student_id, assignment)
        for folder in sorted(map(Path, glob.glob(folders))):
            if not (folder / wanted).is_file():
                yield f"Not graded: {folder} has no {wanted}, only: {contents(folder)}. Name it so and autograde again"

    def _is_newer(self, submitted: Path) -> bool:
        """Whether nbgrader will come to it: it was not graded yet, or was handed in again since, by its timestamp."""
        details = self.converter.init_single_notebook_resources(str(submitted))["nbgrader"]
        coursedir: Any = self.converter.coursedir
        folder = coursedir.format_path(coursedir.autograded_directory, details["student"], details["assignment"])
        if not (Path(folder) / submitted.name).exists():
            return True
        new, old = (coursedir.get_existing_timestamp(str(where)) for where in (submitted.parent, folder))
        return new is not None and old is not None and new > old
