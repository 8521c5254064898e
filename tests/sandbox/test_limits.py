"""Who works uses up CPU time, who sleeps time on the wall; who is kept waiting by a busy machine uses up neither."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from autograder.cores import threads
from autograder.course import Course
from autograder.judge.judge import Judge
from autograder.notebook.cells import Cell
from autograder.player import OutOfTime, Student
from autograder.sandbox.sandbox import SLEEP_OVER_CPU, Sandbox
from autograder.sandbox.zygote import Pool

CALL_SECONDS = 0.3
CODE = """
import threading, time
def work(seconds):
    start = time.process_time()
    while time.process_time() - start < seconds:
        pass
    return 1
def sleep(seconds):
    time.sleep(seconds)
    return 1
def work_on():
    threading.Thread(target=work, args=(99,), daemon=True).start()
    return 1
def hide():
    import ctypes
    ctypes.CDLL(None).prctl(15, b"x) R 1", 0, 0, 0)
    threading.Thread(target=time.sleep, args=(99,)).start()
    return sleep(99)
"""

SPIN = """
import os
os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
print(end="!", flush=True)
while True: pass
"""


@pytest.fixture
def sandbox(tiny_course: Course, tiny_judge: Judge, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    limits = tiny_course.limits.model_copy(update={"call_seconds": CALL_SECONDS} | getattr(request, "param", {}))
    pool = Pool(limits, tiny_judge.state / "xla", walls=True)
    with Sandbox(pool, backend="fast", core=min(os.sched_getaffinity(0))) as sandbox:
        sandbox.load([Cell("1", CODE)], ["work", "sleep", "hide", "work_on"])
        yield sandbox
    pool.close()


def test_waiting_for_a_core_is_not_the_students_time(sandbox):
    for thread in threads(sandbox._process.pid):
        os.sched_setscheduler(thread, os.SCHED_IDLE, os.sched_param(0))
    with subprocess.Popen([sys.executable, "-c", SPIN], stdout=subprocess.PIPE) as rival:
        try:
            assert rival.stdout is not None
            assert rival.stdout.read(1) == b"!"
            before, start = sandbox.spent_seconds, time.monotonic()
            assert Student(sandbox).work(0.02) == 1
        finally:
            rival.kill()
    waited = time.monotonic() - start
    assert waited > 2 * SLEEP_OVER_CPU * CALL_SECONDS, "it was not kept waiting, so nothing is shown"
    assert sandbox.spent_seconds - before < waited / 4


def test_a_call_that_works_too_long_is_stopped(sandbox):
    with pytest.raises(OutOfTime):
        Student(sandbox).work(99)


@pytest.mark.parametrize("stub", ["sleep", "hide"])
def test_a_call_that_sleeps_too_long_is_stopped(sandbox, stub):
    assert Student(sandbox).sleep(CALL_SECONDS) == 1
    with pytest.raises(OutOfTime):
        getattr(Student(sandbox), stub)(*([99] if stub == "sleep" else []))
    assert sandbox.spent_seconds > SLEEP_OVER_CPU * CALL_SECONDS


@pytest.mark.parametrize("sandbox", [{"cpu_seconds": 1}], indirect=True)
def test_calls_too_short_to_be_looked_at_use_up_time_too(sandbox):
    before = sandbox.spent_seconds
    with pytest.raises(OutOfTime, match="used up its 1 s"):
        [Student(sandbox).work(0.005) for _ in range(10_000)]
    assert sandbox.spent_seconds - before < 1.2


@pytest.mark.parametrize("sandbox", [{"cpu_seconds": 1}], indirect=True)
def test_who_is_killed_at_the_kernels_limit_is_not_the_machines_victim(sandbox):
    assert Student(sandbox).work_on() == 1
    while sandbox._process.threads():
        time.sleep(0.1)
    with pytest.raises(OutOfTime, match="used up its 1 s"):
        Student(sandbox).work(0)
