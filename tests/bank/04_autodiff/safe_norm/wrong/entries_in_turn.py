"""sqrt(a² + b²) entry by entry, guarded where all of them are 0: two zeros in front make the gradient NaN.

misconception: nan_at_zero
fails: safe_norm.values
"""

from functools import reduce

import jax.numpy as jnp


def safe_norm(x):
    zero = jnp.all(x == 0)
    entries = jnp.abs(jnp.where(zero, 1.0, x))
    return jnp.where(zero, 0.0, reduce(lambda a, b: jnp.sqrt(a * a + b * b), list(entries)))
