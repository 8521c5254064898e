"""Judging a class ahead of nbgrader, which takes one result after the other."""

from collections.abc import Iterable
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

from autograder.course import Course
from autograder.judge.open import open_judge
from autograder.text import as_text
from autograder.verdict import SubmissionResult

Results = dict[Path, Future[SubmissionResult]]


def judge_ahead(course: Course, paths: Iterable[Path], stage: str, *, walls: bool, stop: Event) -> Results:
    """The results on submissions to a stage, in the making, by a judge that ends with the last of them.

    A future raises `GraderFault` where the judge could not start.

    Args:
        stop: once set, no more submissions are begun, and what is left has no result.
    """
    results: Results = {path: Future() for path in paths}
    # nbgrader runs in a Jupyter server too: there a judge that is left open would stay until the server ends.
    Thread(target=_judge, args=(course, results, stage, walls, stop)).start()
    return results


def _judge(course: Course, results: Results, stage: str, walls: bool, stop: Event) -> None:
    waiting = {as_text(str(path)): future for path, future in results.items()}
    try:
        with open_judge(course, walls=walls) as judge, closing(judge.grade_many(results, stage)) as graded:
            for result in graded:
                waiting.pop(result.path).set_result(result)
                if stop.is_set():
                    return
    except Exception as fault:
        for future in waiting.values():
            future.set_exception(fault)
