"""Opening a judge: of this machine, or of a cluster."""

from collections.abc import Iterator
from contextlib import contextmanager

from autograder.course import Cluster, Course
from autograder.judge.judge import Judge
from autograder.player import GraderFault


@contextmanager
def open_judge(course: Course, *, walls: bool, reuse: bool = True, address: str | None = None) -> Iterator[Judge]:
    """The judge of this machine, or of the cluster that `address` or `course.yml` names.

    Raises `GraderFault` where it cannot be had.
    """
    wanted = course.cluster
    if address:
        wanted = (wanted or Cluster()).model_copy(update={"address": address})
    if wanted is None:
        with Judge(course, walls=walls, reuse=reuse) as judge:
            yield judge
        return
    try:
        from autograder.judge.cluster import ClusterJudge, connect
    except ImportError as error:
        raise GraderFault(f"a cluster needs more packages ({error}): pip install 'jaxercise[cluster]'") from error
    with connect(wanted) as client, ClusterJudge(course, client, walls=walls, reuse=reuse) as judge:
        yield judge
