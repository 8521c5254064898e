"""The live line of a run: submitted, graded, failed, rate, time left."""

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from autograder.verdict import SubmissionResult


class Rate(ProgressColumn):
    """Submissions a minute."""

    def render(self, task: Task) -> Text:
        """The rate since the start."""
        seconds = task.elapsed or 0.0
        return Text(f"{60 * task.completed / seconds:.0f}/min" if seconds and task.completed else "-/min")


class Live:
    """Shows how far a run has come; on a terminal in one line, elsewhere a line a submission. A context manager."""

    def __init__(self, console: Console, total: int):
        self._console = console
        self._progress = Progress(
            TextColumn("graded"),
            MofNCompleteColumn(),
            BarColumn(),
            TextColumn("{task.fields[failed]} failed"),
            Rate(),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task("", total=total, failed=0)
        self._failed = 0

    def __enter__(self) -> "Live":
        self._progress.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def add(self, result: SubmissionResult) -> None:
        """Count a result; say why where there is no mark."""
        self._failed += result.state == "error"
        if result.state == "error":
            self._console.print(f"no mark  {result.path}: {result.reason}", markup=False)
        elif not self._console.is_terminal:
            self._console.print(f"{result.score:5g} / {result.max:g}  {result.path}", markup=False)
        self._progress.update(self._task, advance=1, failed=self._failed)
