"""All halvings of a run at once: the trailing zeros are counted by population_count."""

import jax.numpy as jnp
from jax import lax


def collatz_steps(n):
    def odd_part(n, steps):
        zeros = lax.population_count(~n & (n - 1))
        return n >> zeros, steps + zeros

    def body(state):
        n, steps = state
        return odd_part(3 * n + 1, steps + 1)

    start = odd_part(jnp.asarray(n, jnp.int32), jnp.int32(0))
    return lax.while_loop(lambda state: state[0] > 1, body, start)[1]
