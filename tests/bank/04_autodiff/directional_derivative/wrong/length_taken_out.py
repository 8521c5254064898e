"""The direction at length one, and the length multiplied back: 0/0 for a direction of zeros.

misconception: normalized_direction
fails: directional_derivative.values
"""

import jax
import jax.numpy as jnp


def directional_derivative(f, x, v):
    length = jnp.sqrt(sum(jnp.sum(leaf**2) for leaf in jax.tree.leaves(v)))
    unit = jax.tree.map(lambda leaf: leaf / length, v)
    y, slope = jax.jvp(f, (x,), (unit,))
    return y, jax.tree.map(lambda s: s * length, slope)
