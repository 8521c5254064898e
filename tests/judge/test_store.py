"""The store: what was judged is not judged again, and no fault of the machine loses or forges a result."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from autograder.judge.store import Store
from autograder.verdict import ExerciseResult, Verdict

EXERCISES = {"double": "checks-1", "total": "checks-2"}


def result(name: str, state="passed") -> ExerciseResult:
    check = Verdict(name=f"{name}.values", title="", trait="values", state=state, score=10, max=10)
    return ExerciseResult(name=name, score=10, max=10, state=state, checks=[check])


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "results.sqlite"


@pytest.fixture
def opened() -> Iterator[Callable[[Path], Store]]:
    """Opens a store that is closed in the end."""
    with ExitStack() as stores:
        yield lambda path: stores.enter_context(closing(Store(path)))


def test_what_is_kept_is_found_again(path, opened):
    store = opened(path)
    store.keep("ada", EXERCISES, [result("double"), result("total")])
    store.close()
    assert opened(path).find("ada", EXERCISES) == {"double": result("double"), "total": result("total")}
    assert opened(path).find("bob", EXERCISES) == {}


def test_changed_checks_find_nothing(path, opened):
    store = opened(path)
    store.keep("ada", EXERCISES, [result("double"), result("total")])
    assert set(store.find("ada", EXERCISES | {"total": "checks-3"})) == {"double"}


def test_a_fault_of_the_grader_is_not_kept(path, opened):
    store = opened(path)
    store.keep("ada", EXERCISES, [result("double", "error"), result("total")])
    assert set(store.find("ada", EXERCISES)) == {"total"}


def test_a_damaged_file_is_put_aside(path, opened):
    path.write_bytes(b"not a database, " * 400)
    with pytest.warns(UserWarning, match="damaged"):
        store = opened(path)
    store.keep("ada", EXERCISES, [result("double")])
    assert set(store.find("ada", EXERCISES)) == {"double"}
    assert path.with_name("results.sqlite.damaged-1").read_bytes().startswith(b"not a database")


def test_a_file_damaged_in_the_middle_is_put_aside(path, opened):
    store = opened(path)
    for number in range(300):
        store.keep(f"student {number}", EXERCISES, [result("double")])
    store.close()
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 6] = b"\xff" * (4096 * 3)
    path.write_bytes(data)
    with pytest.warns(UserWarning, match="damaged"):
        opened(path)


def test_a_damaged_row_is_judged_again(path, opened):
    store = opened(path)
    store.keep("ada", EXERCISES, [result("double"), result("total")])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE results SET result = '{\"name\": 3' WHERE exercise = 'checks-1'")
    assert set(store.find("ada", EXERCISES)) == {"total"}


def test_a_file_that_cannot_be_opened_is_left_as_it_is(path, opened, monkeypatch):
    before = opened(path)
    before.keep("ada", EXERCISES, [result("double")])
    before.close()
    with closing(sqlite3.connect(path)) as other:
        monkeypatch.setattr("autograder.judge.store.BUSY_SECONDS", 0.1)
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.warns(UserWarning, match="could not be opened"):
            store = opened(path)
        store.keep("ben", EXERCISES, [result("double")])
        assert set(store.find("ben", EXERCISES)) == {"double"}
    assert set(opened(path).find("ada", EXERCISES)) == {"double"}
    assert not list(path.parent.glob("*.damaged-*"))


def test_several_may_begin_a_file_at_once(path, opened):
    for number in range(10):
        new = path.with_name(f"{number}.sqlite")
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n, new=new: opened(new).keep(f"student {n}", EXERCISES, [result("double")]), range(8)))
        store = opened(new)
        assert all(store.find(f"student {n}", EXERCISES) for n in range(8))


FILL = """
import resource, signal, sys, warnings
from pathlib import Path
from autograder.judge.store import Store
from autograder.verdict import ExerciseResult

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
store = Store(Path(sys.argv[1]))
result = ExerciseResult(name="double", score=10, max=10, state="passed", checks=[])
for number in range(2000):
    store.keep(f"student {number}", {"double": "checks-1"}, [result])
print(sum(bool(store.find(f"student {number}", {"double": "checks-1"})) for number in range(2000)))
"""


def test_a_full_disk_loses_nothing_of_this_run(path, opened):
    """The kernel lets the file grow no further, as a full disk does."""
    command = [sys.executable, "-c", FILL, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout == "2000\n", done.stderr
    assert done.stderr.count("could not be written") == 1
    on_disk = opened(path)
    assert 0 < sum(bool(on_disk.find(f"student {n}", EXERCISES)) for n in range(2000)) < 2000


def test_threads_and_processes_share_it(path, opened):
    stores = [opened(path), opened(path)]

    def work(number: int) -> None:
        stores[number % 2].keep(f"student {number}", EXERCISES, [result("double")])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(200)))
    assert all(stores[0].find(f"student {n}", EXERCISES) for n in range(200))
