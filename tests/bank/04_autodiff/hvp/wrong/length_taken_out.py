"""The direction at length one, and the length multiplied back: 0/0 for a direction of zeros.

misconception: normalized_direction
fails: hvp.values
"""

import jax
import jax.numpy as jnp
import optax


def hvp(f, x, v):
    length = optax.global_norm(v)
    unit = jax.tree.map(lambda leaf: leaf / length, v)
    product = jax.jvp(jax.grad(f), (x,), (unit,))[1]
    return jax.tree.map(lambda leaf: length * leaf, product)
