"""reduce over jacfwd, compiled."""

from functools import reduce

import jax


def nth_derivative(f, n):
    return jax.jit(reduce(lambda g, _: jax.jacfwd(g), range(n), f))
