"""Checks of the tiny stage."""

import jax
import numpy as np

from autograder.checks import CheckFailed, Lesson, agree, exercise

LESSONS = {
    "squared": Lesson("Double is not square", "`x**2` is twice `x` only at 0 and 2.", "print(3**2, 2 * 3)"),
    "loop": Lesson("A loop becomes a long program", "Every turn of a Python loop is its own operation.", "print(1)"),
}


def draw(rng, *shape):
    return rng.normal(size=shape).astype(np.float32)


@exercise("double", trait="values", points=6)
def test_double_values(student, reference, rng):
    """It is twice its argument."""
    for shape in ((3,), (2, 2), ()):
        agree(student, reference, "double", draw(rng, *shape))


@exercise("double", trait="pure", points=4, lesson="squared")
def test_double_zero(student):
    """Twice 3 is 6."""
    if float(student.double(np.float32(3))) != 6:
        raise CheckFailed("double(3) is not 6.")


@exercise("total", trait="values", points=5)
def test_total_values(student, reference, rng):
    """It is the sum."""
    agree(student, reference, "total", draw(rng, 7), rtol=1e-4, atol=1e-4)


def compiled_total(stubs):
    """The stub under jit."""
    return jax.jit(stubs.total)


def plain_loop(stubs):
    """A Python loop over pieces."""
    return lambda xs: sum(piece.sum() for piece in xs.reshape(200, -1))


@exercise("total", trait="speed", points=5, lesson="loop")
def test_total_speed(race, rng):
    """It is fast."""
    race(compiled_total, inputs=lambda: (draw(rng, 400_000),), baseline=plain_loop, rtol=1e-2, atol=1.0)
