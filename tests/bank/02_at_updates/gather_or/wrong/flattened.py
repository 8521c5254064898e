"""jnp.take without an axis.

misconception: takes_flattened
fails: gather_or.values
"""

import jax.numpy as jnp


def gather_or(x, idx, fill):
    return jnp.take(x, jnp.where(idx < 0, x.size, idx), mode="fill", fill_value=fill)
