"""A class that is judged ahead of nbgrader."""

from threading import Event
from unittest import mock

import pytest

from autograder.course import Cluster
from autograder.gradebook.ahead import judge_ahead
from tests.judge.test_resume import hand_in


@pytest.mark.filterwarnings("ignore")  # dask's own
def test_nbgrader_has_its_class_judged_on_the_cluster_of_the_course(tiny_course, tiny_judge, tmp_path):
    pytest.importorskip("distributed")
    from autograder.judge.cluster import ClusterJudge

    tiny_judge.prepare("01_tiny")
    course = tiny_course.model_copy(update={"cluster": Cluster(address="local", workers=1)})
    (path,) = marks = hand_in(tmp_path / "class", 1)
    path.write_text(f"{path.read_text()}ahead = 1\n")
    with mock.patch.object(ClusterJudge, "_judge", autospec=True, side_effect=ClusterJudge._judge) as sent:
        results = judge_ahead(course, marks, "01_tiny", walls=True, stop=Event())
        assert {path: future.result().score for path, future in results.items()} == marks
    assert sent.call_count == 1
