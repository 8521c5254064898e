"""A function that `jnp` does not have.

misconception: no_such_name
fails: gather_or.values
"""

import jax.numpy as jnp


def gather_or(x, idx, fill):
    inside = (idx >= 0) & (idx < x.shape[0])
    return jnp.where(inside, jnp.gather(x, idx), fill)
