"""A program may grow once, where it works in chunks; one that is written out grows again and again."""

import jax
import jax.numpy as jnp
import pytest
from jax import lax

from autograder.checks import CheckFailed
from autograder.checks.growth import has_one_program
from autograder.device import compiling_fast
from autograder.player import LocalPlayer, Student


def square(x):
    return jnp.sin(x) * x


def at_once(xs):
    return square(xs)


def in_chunks(xs):
    return lax.map(square, xs, batch_size=32)


def in_small_chunks(xs):
    return lax.map(square, xs, batch_size=5)


def by_python(xs):
    return jnp.stack([square(x) for x in xs])


def by_python_in_blocks(xs):
    return jnp.concatenate([square(xs[i : i + 16]) for i in range(0, len(xs), 16)])


def by_a_scan_that_is_written_out(xs):
    return lax.scan(lambda _, x: (None, square(x)), None, xs, unroll=32)[1]


def by_halves(xs):
    return square(xs) if len(xs) == 1 else jnp.concatenate([by_halves(xs[::2]), by_halves(xs[1::2])])


def program(stubs, xs):
    return stubs.f(xs)


def check(f):
    student = Student(LocalPlayer({"f": f}))
    has_one_program(student, "numbers", lambda n: (program, jnp.ones(n)), lesson="python_loop")


@pytest.mark.parametrize("f", [at_once, in_chunks, in_small_chunks, jax.vmap(square)])
def test_one_program_is_enough(f):
    check(f)


@pytest.mark.parametrize("f", [by_python, by_python_in_blocks, by_a_scan_that_is_written_out, by_halves])
def test_a_loop_that_is_written_out_is_refused(f):
    with pytest.raises(CheckFailed, match=r"number of numbers: \d+ for 4, \d+ for 16") as failure:
        check(f)
    assert failure.value.lesson == "python_loop"


def test_a_process_that_says_its_program_is_small_takes_long_all_the_same(monkeypatch):
    monkeypatch.setattr("autograder.checks.growth.program_size", lambda *_: 5)
    with compiling_fast():
        check(at_once)
        with pytest.raises(CheckFailed, match="The first call takes"):
            check(by_python)
