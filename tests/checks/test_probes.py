"""What the probes see of a program without running it."""

import jax.numpy as jnp
import pytest
from jax import lax

from autograder.checks.probes import loop_steps
from autograder.program import Stubs


def straight(stubs, x):
    return jnp.sin(x).sum()


def nested(stubs, x):
    def row(total, entries):
        return lax.scan(lambda s, entry: (s + entry, None), total, entries)

    return lax.scan(row, 0.0, x)[0]


def one_after_another(stubs, x):
    return lax.fori_loop(0, x.size, lambda i, total: total + x.ravel()[i], 0.0)


def until_it_is_small(stubs, x):
    return lax.while_loop(lambda y: y.sum() > 1, lambda y: y / 2, x)


@pytest.mark.parametrize(
    ("program", "steps"), [(straight, 0), (nested, 12), (one_after_another, 12), (until_it_is_small, 1)]
)
def test_steps_of_loops_multiply_where_they_nest(program, steps):
    assert loop_steps(Stubs({}), program, jnp.ones((3, 4))) == steps
