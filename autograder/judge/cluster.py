"""Judging on more than one machine: the sandboxes run on dask.distributed workers, all else as on one.

The course's folder has to lie at the same path on every machine. Only the client writes the store, so the folder may
be a network's. Each of the client's threads keeps one submission in flight: a sliding window as wide as the cluster is
by now, as workers come and go. A submission whose worker dies is sent again a few times by us, not by dask, which
would blame whatever else lay on that worker; then it alone is the one without a mark.
"""

import contextlib
from collections.abc import Iterator
from threading import Event
from typing import Any

import dask
from distributed import Client, KilledWorker, LocalCluster, Security, WorkerPlugin, get_worker
from distributed.client import ClosedClientError, FutureCancelledError

from autograder.course import Cluster, Course
from autograder.judge.judge import Judge, Prepared
from autograder.notebook.cells import Cell
from autograder.player import GraderFault
from autograder.verdict import ExerciseResult

ATTEMPTS = 3
NO_SCHEDULER = "the cluster's scheduler is gone: start it again, then grade again for the rest"
PLUGIN = "jaxercise"


class JudgeOnWorker(WorkerPlugin):
    """Gives a worker a judge of its own, which keeps nothing on disk."""

    name = PLUGIN

    def __init__(self, course: Course, walls: bool):
        self.course, self.walls = course, walls
        self.judge: Judge | None = None

    def setup(self, worker: Any) -> None:  # noqa: ARG002
        """Start the judge; dask calls this on the worker."""
        self.judge = Judge(self.course, walls=self.walls, keep=False)

    def teardown(self, worker: Any) -> None:  # noqa: ARG002
        """End it."""
        if self.judge is not None:
            self.judge.close()


class ClusterJudge(Judge):
    """A judge that has others do the work."""

    def __init__(self, course: Course, client: Client, *, walls: bool = True, reuse: bool = True):
        super().__init__(course, walls=walls, reuse=reuse)
        self._client = client
        client.register_plugin(JudgeOnWorker(course, walls))

    @property
    def slots(self) -> int:
        """How many submissions the workers that are there take at a time."""
        # Where the scheduler is gone, what is sent says so, one submission after the other.
        with contextlib.suppress(OSError):
            if self._client.status == "running":
                return max(1, sum(self._client.nthreads().values()))
        return 1

    def _judge(self, prepared: Prepared, cells: list[Cell], stubs: list[str]) -> list[ExerciseResult]:
        for _ in range(ATTEMPTS):
            with contextlib.suppress(KilledWorker, FutureCancelledError):
                return self._judge_elsewhere(prepared.stage.name, cells, stubs)
        raise GraderFault(f"its worker died, {ATTEMPTS} times")

    def _judge_elsewhere(self, stage: str, cells: list[Cell], stubs: list[str]) -> list[ExerciseResult]:
        try:
            future = self._client.submit(_on_worker, stage, cells, stubs, pure=False)
        except ClosedClientError:
            raise GraderFault(NO_SCHEDULER) from None
        done = Event()
        future.add_done_callback(lambda _: done.set())
        try:
            # What is sent while the scheduler goes is never done, unless it comes back before the client gives up.
            while not done.wait(timeout=1):
                if self._client.status == "closed":
                    raise GraderFault(NO_SCHEDULER)
            return [ExerciseResult.model_validate(result) for result in future.result()]
        finally:
            future.release()


@contextlib.contextmanager
def connect(wanted: Cluster) -> Iterator[Client]:
    """A client of the cluster, with at least one worker. Raises `GraderFault` where none comes."""
    # One death of a worker is enough to hear of it; sending again is our affair.
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}), contextlib.ExitStack() as stack:
        try:
            client = stack.enter_context(_client(wanted, stack))
            client.wait_for_workers(1, timeout=wanted.patience_seconds)
        except (OSError, TimeoutError) as error:
            where = wanted.address or "the cluster"
            raise GraderFault(f"no worker of {where} came within {wanted.patience_seconds:g} s: {error}") from error
        yield client


def _client(wanted: Cluster, stack: contextlib.ExitStack) -> Client:
    if wanted.address and wanted.address != "local":
        return Client(wanted.address, security=security(wanted), timeout=wanted.patience_seconds)
    if wanted.slurm:
        from dask_jobqueue import SLURMCluster

        jobs = stack.enter_context(SLURMCluster(security=Security.temporary(), **wanted.slurm))
        jobs.scale(jobs=wanted.workers or 1)
        return Client(jobs)
    local = LocalCluster(
        n_workers=wanted.workers,
        threads_per_worker=1,
        host="127.0.0.1",
        protocol="tls",
        security=Security.temporary(),
        dashboard_address=None,
    )
    return Client(stack.enter_context(local))


def security(wanted: Cluster) -> Security | None:
    """The certificates for a scheduler; None for one on this machine."""
    if wanted.address and wanted.address.startswith("tls://"):
        files = {"tls_ca_file": wanted.ca, "tls_client_cert": wanted.certificate, "tls_client_key": wanted.key}
        if None in files.values():
            raise GraderFault("course.yml: a scheduler at tls://... needs ca, certificate and key in `cluster`")
        return Security(require_encryption=True, **{name: str(path) for name, path in files.items()})
    host = (wanted.address or "").removeprefix("tcp://").rpartition(":")[0]
    if host not in ("127.0.0.1", "localhost", "[::1]"):
        raise GraderFault(
            f"{wanted.address} would get submissions and the secret seed without encryption: use a tls:// scheduler"
        )
    return None


def _on_worker(stage: str, cells: list[Cell], stubs: list[str]) -> list[dict[str, Any]]:
    judge = get_worker().plugins[PLUGIN].judge
    return [result.model_dump() for result in judge.judge_cells(stage, cells, stubs)]
