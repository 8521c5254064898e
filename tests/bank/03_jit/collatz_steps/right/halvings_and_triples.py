"""Both kinds of steps counted apart."""

import jax.numpy as jnp
from jax import lax


def collatz_steps(n):
    def body(state):
        n, halvings, triples = state
        odd = n % 2
        return jnp.where(odd, 3 * n + 1, n // 2), halvings + 1 - odd, triples + odd

    zero = jnp.zeros_like(jnp.asarray(n, jnp.int32))
    _, halvings, triples = lax.while_loop(lambda s: s[0] != 1, body, (jnp.asarray(n, jnp.int32), zero, zero))
    return halvings + triples
