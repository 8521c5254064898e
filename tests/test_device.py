"""Devices: what computes where, with or without a GPU."""

import threading
from dataclasses import replace
from types import SimpleNamespace

import jax
import numpy as np
import pytest

from autograder.authoring.build import build_stage
from autograder.checks.clock import WallClock
from autograder.checks.exercise import CheckFailed, exercise
from autograder.checks.probes import jitted
from autograder.checks.run import Bench, check_exercise
from autograder.checks.speed import Race, Rival
from autograder.course import Course
from autograder.device import has, on, the_gpu
from autograder.judge.judge import Judge
from autograder.notebook.read import read_cells
from autograder.player import GraderFault, LocalPlayer
from autograder.sandbox import bubblewrap


@pytest.fixture
def beside_a_gpu(monkeypatch):
    """A process whose default device is no CPU, as far as `jax.default_backend` says."""
    monkeypatch.setattr("jax.default_backend", lambda: "gpu")


def test_beside_a_gpu_checks_run_on_the_cpu(beside_a_gpu):
    with on("cpu"):
        assert jax.config.jax_default_device == jax.local_devices(backend="cpu")[0]
        assert jax.config.jax_default_matmul_precision is None
    assert jax.config.jax_default_device is None


def test_products_on_an_accelerator_are_exact(beside_a_gpu):
    with on(None):
        assert jax.config.jax_default_device is None
        assert jax.config.jax_default_matmul_precision == "highest"


def test_on_the_cpu_alone_nothing_is_compiled_anew():
    runs = []
    traced = jax.jit(lambda x: runs.append(x) or x)
    traced(1.0)
    for device in ("cpu", "gpu", None):  # there is no GPU: the default it is
        with on(device):
            traced(1.0)
    assert len(runs) == 1


def test_only_what_is_timed_or_runs_long_is_optimised_in_a_self_check():
    fast: dict[str, bool] = {}

    def note(name):
        fast[name] = jax.config.read("jax_disable_most_optimizations")

    @exercise("double", trait="values", points=1)
    def test_double_values(student):
        note("values")

    @exercise("double", trait="values", points=1)
    def test_double_broken(student):
        raise CheckFailed("Wrong.")

    @exercise("double", trait="speed", points=1)
    def test_double_speed(race):
        note("speed")

    @exercise("double", trait="learns", points=1, runs_long=True)
    def test_double_learns(student):
        note("learns")

    tests = (test_double_values, test_double_broken, test_double_speed, test_double_learns)
    bench = Bench("public", {}, {}, lambda *_: SimpleNamespace(timing=None))
    check_exercise([test.check for test in tests], LocalPlayer({}), bench)
    assert fast == {"values": True, "speed": False, "learns": False}
    assert not jax.config.read("jax_disable_most_optimizations")


def test_a_gpu_that_is_not_there():
    assert has("cpu")
    assert not has("gpu")


def test_one_at_a_time_has_the_gpu():
    order = []

    def wait():
        with the_gpu():
            order.append("second")

    with the_gpu():
        other = threading.Thread(target=wait)
        other.start()
        other.join(0.1)
        order.append("first")
    other.join()
    assert order == ["first", "second"]


def test_only_a_race_leaves_the_cpu():
    def test_square_values(student):
        """It holds."""

    def test_square_speed(race):
        """It is fast."""

    values = exercise("square", trait="values", points=1)(test_square_values).check
    race = exercise("square", trait="speed", points=1)(test_square_speed).check
    raced = exercise("square", trait="speed", points=1, on_gpu=True)(test_square_speed).check
    assert [check.backend("gpu") for check in (values, race, raced)] == ["fast", "cpu", "gpu"]
    assert [check.backend("cpu") for check in (values, race, raced)] == ["fast", "cpu", "cpu"]
    with pytest.raises(TypeError, match="only a race"):
        exercise("square", trait="values", points=1, on_gpu=True)(test_square_values)


def test_the_walls_show_the_gpu_where_the_course_races_on_it(monkeypatch, tmp_path):
    monkeypatch.setattr(bubblewrap, "_gpu_nodes", lambda: ["/dev/nvidia0"])
    hidden, shown = (bubblewrap.command(tmp_path, False, 1, gpu) for gpu in (False, True))
    assert "/dev/nvidia0" not in hidden
    at = shown.index("/dev/nvidia0")
    assert shown[at - 1 : at + 2] == ["--dev-bind", "/dev/nvidia0", "/dev/nvidia0"]
    assert "XLA_PYTHON_CLIENT_PREALLOCATE" in shown


def test_a_course_for_a_gpu_blames_no_student_where_there_is_none(tiny_course: Course):
    problem = bubblewrap.why_unavailable()
    if problem:
        pytest.skip(problem)
    source = tiny_course.sources("01_tiny") / "01_tiny.py"
    with Judge(tiny_course.on("gpu"), keep=False) as judge:
        checks = judge.prepare("01_tiny").stage.checks
        checks["total"] = [replace(check, on_gpu="race" in check.fixtures) for check in checks["total"]]
        [total] = judge.judge_cells("01_tiny", read_cells(source, checks), ["total"])
    assert total.state == "error"
    values, speed = total.checks
    assert values.state == "passed", "what was judged before the fault is kept"
    assert speed.state == "error"
    assert "`course.yml` says `device: gpu`" in speed.message


def test_nothing_is_recorded_for_a_gpu_that_is_not_there(tiny_course: Course):
    with pytest.raises(GraderFault, match="build 01_tiny on a machine with one"):
        build_stage(tiny_course.on("gpu"), "01_tiny")


def test_a_kind_of_device_that_there_is_not(tiny_course: Course):
    with pytest.raises(GraderFault, match="cpu or gpu"):
        tiny_course.on("abacus")


def test_a_device_without_a_limit_of_speed(tiny_course: Course):
    with pytest.raises(GraderFault, match=r"course\.yml: speed has no limit for gpu"):
        tiny_course.model_copy(update={"speed": {"cpu": 4.0}}).speed_limit("01_tiny", "gpu")


SUM = """
import jax, jax.numpy as jnp
@jax.jit
def total(xs):
    for _ in range({}):
        xs = jnp.sort(xs)[::-1]
    return xs.sum()
"""


def test_a_race_on_the_wall_clock_between_sandboxes(sandboxed):
    """As on a GPU, but for the device: batches that are there before the clock runs, values that come back after."""
    fast, alike, slow = (sandboxed(SUM.format(times), "total", backend="cpu") for times in (1, 1, 60))
    rng = np.random.default_rng(0)

    def race(student):
        found = Race(student, Rival("reference", fast), 6.0, WallClock())
        return found(jitted, "total", inputs=lambda: (rng.normal(size=2000).astype(np.float32),), baseline=jitted)

    assert race(alike).clock == "wall"
    with pytest.raises(CheckFailed, match="times as long as the reference"):
        race(slow)
