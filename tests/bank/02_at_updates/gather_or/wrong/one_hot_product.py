"""A product with one-hot rows: 0 times what is infinite in another row is NaN.

misconception: not_by_arithmetic
fails: gather_or.fill
"""

import jax
import jax.numpy as jnp


def gather_or(x, idx, fill):
    rows = jnp.tensordot(jax.nn.one_hot(idx, len(x), dtype=x.dtype), x, 1)
    inside = ((idx >= 0) & (idx < len(x))).reshape((-1,) + (1,) * (x.ndim - 1))
    return jnp.where(inside, rows, fill)
