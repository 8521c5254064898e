"""The store of results: what was judged once is not judged again, and survives whatever ends the judge.

One SQLite file in WAL mode. A row is one exercise of one submission, found by the digests of `keys.py`; a verdict
that is the grader's fault is never kept.
"""

import contextlib
import sqlite3
import threading
import time
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError

from autograder.verdict import ExerciseResult

SCHEMA = """CREATE TABLE IF NOT EXISTS results (
    submission TEXT, exercise TEXT, result TEXT, PRIMARY KEY (submission, exercise)
)"""
BUSY_SECONDS = 30.0


class Store:
    """The results in one file; safe to use from several threads and several processes.

    A file that is damaged is put aside and a new one begun. What cannot be read or written (a full disk) is kept in
    memory for this run, with a warning, and judged again by the next.
    """

    def __init__(self, path: Path):
        self.path = path
        self._lock = threading.Lock()
        self._unsaved: dict[tuple[str, str], str] = {}
        self._warned = False
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._connection = self._open(path)
        except sqlite3.OperationalError as error:  # the disk's fault, or that of whoever holds it; it is as it was
            self._connection = self._open(":memory:")
            self._warn(f"{path} could not be opened ({error}); this run goes on without it")
        except sqlite3.DatabaseError as error:
            aside = _put_aside(path)
            warnings.warn(f"{path} is damaged ({error}); it is kept as {aside.name} and a new one begun", stacklevel=2)
            self._connection = self._open(path)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def find(self, submission: str, exercises: Mapping[str, str]) -> dict[str, ExerciseResult]:
        """The results that are ready, by stub.

        Args:
            exercises: the digest of each stub's checks.
        """
        found = {}
        for stub, exercise in exercises.items():
            result = _read(self._text(submission, exercise))
            if result is not None:
                found[stub] = result
        return found

    def keep(self, submission: str, exercises: Mapping[str, str], results: Iterable[ExerciseResult]) -> None:
        """Keep those of the results that are verdicts on the student."""
        rows = [(submission, exercises[r.name], r.model_dump_json()) for r in results if r.state != "error"]
        with self._lock:
            try:
                with self._connection:
                    self._connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
            except sqlite3.Error as error:
                self._unsaved |= {(submission, exercise): text for submission, exercise, text in rows}
                self._warn(f"results could not be written to {self.path} ({error}); this run goes on without it")

    def _text(self, submission: str, exercise: str) -> str | None:
        with self._lock:
            if (submission, exercise) in self._unsaved:
                return self._unsaved[submission, exercise]
            try:
                query = "SELECT result FROM results WHERE submission = ? AND exercise = ?"
                row = self._connection.execute(query, (submission, exercise)).fetchone()
            except sqlite3.Error as error:
                self._warn(f"{self.path} could not be read ({error}); what it holds is judged again")
                return None
        return row[0] if row else None

    def _open(self, path: Path | str) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
        try:
            _use_wal(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(SCHEMA)
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("its pages do not hold together")
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def _warn(self, message: str) -> None:
        if not self._warned:
            self._warned = True
            warnings.warn(message, stacklevel=3)


def _read(text: str | None) -> ExerciseResult | None:
    """A row's result; None for a row that was damaged, so that it is judged again."""
    try:
        return ExerciseResult.model_validate_json(text) if text is not None else None
    except ValidationError:
        return None


def _use_wal(connection: sqlite3.Connection) -> None:
    """Of several that begin a file at once SQLite refuses all but one here, without waiting."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _put_aside(path: Path) -> Path:
    number = next(n for n in range(1, 10_000) if not path.with_name(f"{path.name}.damaged-{n}").exists())
    aside = path.with_name(f"{path.name}.damaged-{number}")
    for suffix in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    return path.rename(aside)
