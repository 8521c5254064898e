"""Every lesson is there, and its experiment runs."""

import contextlib
import io
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from flax import nnx

from autograder.checks import lessons
from autograder.course import Course
from autograder.player import StudentError
from autograder.program import describe
from autograder.stage import load_stage

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT)


def stage_lessons(stage: str) -> dict:
    return lessons.LESSONS if stage == "jax" else load_stage(ROOT / "solutions" / stage).lessons


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("stage", ["jax", *COURSE.stages])
def test_experiments_run(stage):
    for name, lesson in stage_lessons(stage).items():
        with contextlib.redirect_stdout(io.StringIO()):
            try:
                exec(compile(lesson.experiment, name, "exec"), {"__name__": "experiment"})
            except Exception as error:
                pytest.fail(f"{stage}, {name}: {type(error).__name__}: {error}")
        assert lesson.idea
        assert not lesson.idea.endswith("."), name


@pytest.mark.parametrize("name", COURSE.stages)
def test_a_stage_is_whole(name):
    stage = load_stage(ROOT / "solutions" / name)
    assert sum(COURSE.stages[name].exercises.values()) == 100
    assert set(stage.hints) == set(stage.checks)
    assert all(len(layers) == 3 for layers in stage.hints.values())


def unequal_carry():
    return jax.lax.scan(lambda total, x: (total + x, None), 0.0, jnp.ones((2, 3)))


def uneven_carry():
    return jax.lax.scan(lambda total, x: ((total, x), None), 0.0, jnp.ones(2))


def unequal_branches():
    return jax.lax.cond(True, lambda: 1.0, lambda: jnp.zeros(3))


def uneven_branches():
    return jax.lax.switch(1, [lambda: 1.0, lambda: (1.0, 2.0)])


def recursion():
    def halve(n):
        return jax.lax.cond(n > 1, lambda: halve(n // 2), lambda: n)

    return jax.jit(halve)(8)


def assignment():
    jnp.zeros(3)[0] = 1.0


def assignment_to_at():
    jnp.zeros(3).at[0] = 1.0


def assignment_by_numpy():
    np.asarray(jnp.zeros(3))[0] = 1.0


def slice_by_a_tracer():
    jax.jit(lambda xs, n: xs[:n])(jnp.zeros(3), 2)


def older_optimizer():
    nnx.Optimizer(nnx.Linear(1, 1, rngs=nnx.Rngs(0)), optax.sgd(0.1))


@pytest.mark.parametrize(
    ("mistake", "lesson", "told"),
    [
        (unequal_carry, "carry_changes", "they differ: The input carry"),
        (uneven_carry, "carry_changes", "they differ: The input carry"),
        (unequal_branches, "branches_differ", ""),
        (uneven_branches, "branches_differ", ""),
        (recursion, "never_ending_recursion", ""),
        (assignment, "assignment_in_place", ""),
        (assignment_to_at, "assignment_in_place", ""),
        (assignment_by_numpy, "assignment_in_place", ""),
        (slice_by_a_tracer, "concrete_value_needed", ""),
        (older_optimizer, "older_flax", ""),
    ],
)
def test_an_exception_of_jax_has_its_lesson(mistake, lesson, told):
    with pytest.raises((TypeError, ValueError, IndexError, RecursionError)) as raised:
        mistake()
    info = describe(raised.value)
    assert lessons.for_exception(info) == lesson
    assert told in info.message


@pytest.mark.parametrize("params", [[1.0], {"w": 1.0}], ids=["list", "dict"])
def test_static_parameters_have_their_lesson_in_every_check(params):
    with pytest.raises(ValueError, match="static") as raised:
        jax.jit(lambda params: params, static_argnums=0)(params)
    assert lessons.for_exception(describe(raised.value), "that_of_the_check") == "static_is_hashed"


@pytest.mark.parametrize("code", ["jnp.tak([1], 0)", "arange(3)", "from jax import nowhere"])
def test_a_name_that_is_not_there_has_its_lesson_in_the_students_own_lines(code):
    for cell, lesson in (("<double>", "no_such_name"), ("checks.py", None)):
        with pytest.raises((NameError, AttributeError, ImportError)) as raised:
            exec(compile(code, cell, "exec"), {"jnp": jnp})
        told = describe(raised.value)
        assert lessons.for_exception(told) == lesson
        assert told.message.endswith(".")


@pytest.mark.parametrize("code", ["np.zeros(3).at[0].set(1)", "jax.lax.psum(1.0, 'batch')"], ids=["type", "axis"])
def test_what_an_object_or_a_map_does_not_have_is_no_missing_name(code):
    with pytest.raises((AttributeError, NameError)) as raised:
        exec(compile(code, "<double>", "exec"), {"np": np, "jax": jax})
    assert lessons.for_exception(describe(raised.value)) is None


def error(exception: Exception) -> StudentError:
    return StudentError(describe(exception))


@pytest.mark.parametrize("signs", [("TypeError",), ("Exception",), ("no such case", "of one letter")])
def test_a_check_says_what_an_exception_shows(signs):
    with pytest.raises(StudentError) as raised, lessons.raising(*signs, lesson="letters"):
        raise error(TypeError("a word of one letter"))
    assert raised.value.lesson == "letters"


def test_an_exception_of_another_kind_shows_nothing():
    with pytest.raises(StudentError) as raised, lessons.raising("KeyError", "two letters", lesson="letters"):
        raise error(TypeError("a word of one letter"))
    assert raised.value.lesson is None


def test_the_innermost_question_says_what_an_exception_shows():
    inner, outer = lessons.raising("TypeError", lesson="inner"), lessons.raising("TypeError", lesson="outer")
    with pytest.raises(StudentError) as raised, outer, inner:
        raise error(TypeError(""))
    assert raised.value.lesson == "inner"
