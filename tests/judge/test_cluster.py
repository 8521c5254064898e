"""Judging on dask workers, real ones that die, poison and stay away."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import Cluster, Course
from autograder.judge.cluster import ClusterJudge, connect, security
from autograder.player import GraderFault
from tests.judge.test_resume import hand_in

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore")  # dask warns of workers that die, which is the point


@pytest.fixture
def judge(tiny_course: Course, tiny_judge) -> Iterator[ClusterJudge]:
    """Two workers on this machine. The tiny judge has recorded the hidden values."""
    tiny_judge.prepare("01_tiny")
    with connect(Cluster(address="local", workers=2)) as client:
        client.wait_for_workers(2, timeout=60)
        with ClusterJudge(tiny_course, client, reuse=False) as judge:
            yield judge


def scores(judge: ClusterJudge, marks: dict[Path, int]) -> dict[Path, float]:
    results = list(judge.grade_many(marks, "01_tiny"))
    assert len(results) == len(marks)
    assert [r.reason for r in results if r.state != "graded"] == []
    return {Path(r.path): r.score for r in results}


def test_workers_give_the_marks_of_one_machine(judge, tmp_path):
    marks = hand_in(tmp_path / "class", 8)
    assert judge.slots == 2
    assert scores(judge, marks) == marks


def test_a_worker_that_is_killed_costs_nobody_a_mark(judge, tmp_path):
    marks = hand_in(tmp_path / "class", 24)
    pids = list(judge._client.run(os.getpid).values())
    killer = threading.Timer(3, os.kill, (pids[0], signal.SIGKILL))
    killer.start()
    assert scores(judge, marks) == marks
    killer.join()
    assert pids[0] not in judge._client.run(os.getpid).values(), "the worker was killed too late to matter"


def test_a_poisoned_submission_is_the_only_one_without_a_mark(judge, tmp_path):
    class Poison(distributed.WorkerPlugin):
        """Kills the worker that is to judge the marked submission."""

        name = "poison"

        def setup(self, worker):
            import os
            import signal

            judge = worker.plugins["jaxercise"].judge
            real = judge._judge

            def judge_or_die(prepared, cells, stubs):
                if any("poison" in cell.source for cell in cells):
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(prepared, cells, stubs)

            judge._judge = judge_or_die

    judge._client.register_plugin(Poison())
    marks = hand_in(tmp_path / "class", 8)
    poisoned = list(marks)[2]
    poisoned.write_text("# poison\n" + poisoned.read_text())
    results = {Path(r.path): r for r in judge.grade_many(marks, "01_tiny")}
    assert results[poisoned].state == "error"
    assert "its worker died" in results[poisoned].reason
    others = {path: mark for path, mark in marks.items() if path != poisoned}
    assert {path: results[path].score for path in others} == others


@pytest.fixture
def scheduler(tmp_path) -> Iterator[tuple[subprocess.Popen, str]]:
    """A scheduler with a worker, each a process of its own, and its address."""
    file = tmp_path / "scheduler.json"
    with contextlib.ExitStack() as stack:

        def start(module: str, *arguments: str) -> subprocess.Popen:
            command = [sys.executable, "-m", f"distributed.cli.{module}", "--no-dashboard", *arguments]
            process = stack.enter_context(subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL))
            stack.callback(process.kill)
            return process

        scheduler = start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        while not (file.exists() and file.read_text()):  # it is there before it is written
            assert scheduler.poll() is None, "the scheduler did not start"
            time.sleep(0.1)
        address = json.loads(file.read_text())["address"]
        start("dask_worker", "--nthreads", "1", address)
        yield scheduler, address


def test_a_scheduler_that_is_killed_leaves_the_rest_without_marks_and_says_so(
    tiny_course, tiny_judge, scheduler, tmp_path
):
    tiny_judge.prepare("01_tiny")
    process, address = scheduler
    marks = hand_in(tmp_path / "class", 4)
    wanted = Cluster(address=address, patience_seconds=20)
    with connect(wanted) as client, ClusterJudge(tiny_course, client, reuse=False) as judge:
        results = judge.grade_many(marks, "01_tiny")
        assert next(results).state == "graded"
        process.kill()
        last = list(results)[-1]
    assert last.state == "error"
    assert "the cluster's scheduler is gone" in last.reason


def test_a_worker_that_never_comes_is_said_in_time():
    with distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as empty:
        wanted = Cluster(address=empty.scheduler_address, patience_seconds=2)
        start = time.monotonic()
        with pytest.raises(GraderFault, match="no worker of"), connect(wanted):
            pass
        assert time.monotonic() - start < 30


@pytest.mark.parametrize(
    ("address", "said"),
    [("tcp://192.0.2.7:8786", "without encryption"), ("tls://192.0.2.7:8786", "needs ca, certificate and key")],
)
def test_nothing_leaves_the_machine_unencrypted(address, said):
    with pytest.raises(GraderFault, match=said):
        security(Cluster(address=address))


def test_a_slurm_job_runs_a_worker():
    """There is no Slurm here: what would be submitted is looked at."""
    jobqueue = pytest.importorskip("dask_jobqueue")
    script = jobqueue.SLURMCluster.job_cls(
        scheduler="tls://127.0.0.1:1", name="w", queue="cpu", cores=1, memory="8GB", walltime="01:00:00"
    ).job_script()
    assert "#SBATCH -p cpu" in script
    assert "distributed.cli.dask_worker" in script
