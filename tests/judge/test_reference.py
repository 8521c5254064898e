"""The reference in judging: what is made of it once a class, and the twins that are raced."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.judge.judge import Judge
from autograder.judge.reference import Twin, Twins, secret_seed, start_reference
from autograder.notebook.cells import Cell
from autograder.player import GraderFault, Student
from autograder.recording import Recording
from autograder.sandbox.sandbox import Sandbox

AT_ONCE = 16


def test_judges_that_start_at_once_share_one_seed(tmp_path: Path):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        seeds = set(pool.map(secret_seed, [tmp_path] * AT_ONCE))
    assert seeds == {secret_seed(tmp_path)}
    assert [path.name for path in tmp_path.iterdir()] == ["seed"]
    assert (tmp_path / "seed").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("before", [None, 0o755])
def test_a_judge_keeps_its_folder_for_its_owner(tiny_course: Course, tmp_path: Path, before: int | None):
    """With the cache of native code, which whatever user the reference runs as may write."""
    state = tmp_path / ".jaxercise"
    if before is not None:
        state.mkdir(before)
    with Judge(tiny_course.model_copy(update={"root": tmp_path}), keep=False):
        assert state.stat().st_mode & 0o777 == 0o700


def test_an_empty_seed_is_said_with_its_fix(tmp_path: Path):
    (tmp_path / "seed").touch()
    with pytest.raises(GraderFault, match="is empty: delete it"):
        secret_seed(tmp_path)


def test_judges_that_start_at_once_record_into_one_file(tmp_path: Path):
    path = tmp_path / "expected.bin"
    recordings = [Recording(stage="01_tiny", seed="s", sources=str(i) * 100_000, checks={}) for i in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda recording: recording.save(path), recordings))
    assert Recording.load(path) in recordings
    assert [file.name for file in tmp_path.iterdir()] == ["expected.bin"]


def test_a_damaged_recording_is_made_anew(tiny_course: Course, tiny_judge: Judge):
    recorded = tiny_judge.prepare("01_tiny").hidden
    for path in (tiny_course.root / ".jaxercise" / "expected").iterdir():
        path.write_bytes(path.read_bytes()[:100])
    with Judge(tiny_course) as judge:
        assert judge.prepare("01_tiny").hidden.checks == recorded.checks


@pytest.fixture
def twins(tiny_judge: Judge) -> Twins:
    return tiny_judge.prepare("01_tiny").twins["cpu"]


@pytest.fixture
def twin(twins: Twins) -> Iterator[Twin]:
    twin = twins.borrow(min(os.sched_getaffinity(0)))
    yield twin
    twin.release()


def process(twin: Twin) -> int:
    return Student(twin).run(lambda stubs: os.getpid())


def test_a_reference_that_broke_down_says_why_and_is_started_again(twin: Twin):
    first = process(twin)
    with pytest.raises(GraderFault, match=r"the reference was stopped: .* \(exit status -6\).*out of cheese"):
        Student(twin).run(lambda stubs: [os.write(2, b"out of cheese"), os.abort()])
    assert process(twin) != first


def test_a_reference_that_ends_while_its_clock_is_read_is_no_ones_mark(twin: Twin):
    process(twin)
    assert twin._sandbox is not None
    os.kill(twin._sandbox._process.pid, signal.SIGABRT)
    while twin._sandbox._process.threads():
        time.sleep(0.05)
    with pytest.raises(GraderFault, match="the reference was stopped"):
        twin.cpu_seconds()


def test_a_reference_that_takes_too_long_to_load_is_told_its_limit(tiny_judge: Judge):
    stage = tiny_judge.prepare("01_tiny").stage
    sandbox = Sandbox(tiny_judge._trusted_zygotes, backend="fast", core=min(os.sched_getaffinity(0)))
    with pytest.raises(GraderFault, match="the reference of 01_tiny does not load: It did not finish within 3 s"):
        start_reference(sandbox, stage, [Cell("1", "def double(x, forever=sum(iter(int, 1))):\n    return 2 * x")])
    assert not sandbox.alive


def test_a_twin_waits_for_the_next_race(twins: Twins, twin: Twin):
    first = process(twin)
    twin.release()
    assert process(twin) == first


def test_nothing_of_a_twin_is_left_on_a_gpu(twins: Twins):
    """A twin that waits there would hold memory of the next submission's; started on the CPU here."""
    brief = Twins(twins.take, kept=False)
    sandbox = brief.take(min(os.sched_getaffinity(0)))
    brief.give(sandbox)
    assert not sandbox.alive
