"""Each submission has a core of its own, as long as there are enough; a self-check races on one core."""

import contextlib
import os
import socket
import threading
from types import SimpleNamespace

import pytest

from autograder.checks import exercise
from autograder.checks.run import Bench, check_exercise
from autograder.cores import on_one_core, one_core, threads
from autograder.player import LocalPlayer

MINE = "import os\ndef double(x):\n    return sorted(os.sched_getaffinity(0))\n"


def test_a_core_is_held_by_one_judge_at_a_time():
    with one_core() as core, socket.socket(socket.AF_UNIX) as other, pytest.raises(OSError, match="in use"):
        other.bind(f"\0jaxercise-core-{core}")


def test_where_all_cores_are_held_any_will_do():
    mine = os.sched_getaffinity(0)
    with contextlib.ExitStack() as stack:
        assert {stack.enter_context(one_core()) for _ in range(len(mine) + 1)} <= mine


def test_a_sandbox_stays_on_its_core(sandboxed):
    core = max(os.sched_getaffinity(0))
    assert sandboxed(MINE, "double", backend="fast", core=core).double(0) == [core]


def test_a_self_check_holds_one_core_while_it_races():
    stop = threading.Event()
    early, late = threading.Thread(target=stop.wait), threading.Thread(target=stop.wait)
    mine = os.sched_getaffinity(0)
    early.start()
    with on_one_core():
        late.start()
        held = {frozenset(os.sched_getaffinity(thread)) for thread in threads(os.getpid())}
    after = [os.sched_getaffinity(thread) for thread in threads(os.getpid())]
    stop.set()
    early.join(), late.join()
    assert len(held) == 1
    assert len(*held) == 1
    assert all(affinity == mine for affinity in after)


def test_what_is_timed_in_a_self_check_is_timed_there():
    cores: dict[str, int] = {}

    @exercise("double", trait="values", points=1)
    def test_double_values(student):
        cores["values"] = len(os.sched_getaffinity(0))

    @exercise("double", trait="speed", points=1)
    def test_double_speed(student):
        cores["speed"] = len(os.sched_getaffinity(0))

    checks = [test_double_values.check, test_double_speed.check]
    verdicts = check_exercise(checks, LocalPlayer({}), Bench("public", {}, {}, lambda *_: SimpleNamespace(timing=None)))
    assert [verdict.state for verdict in verdicts] == ["passed", "passed"]
    assert cores == {"values": len(os.sched_getaffinity(0)), "speed": 1}


def test_where_a_process_cannot_be_kept_on_a_core_it_races_all_the_same(monkeypatch):
    monkeypatch.delattr(os, "sched_setaffinity")
    with on_one_core():
        pass
