"""The direction is scaled to length one.

misconception: normalized_direction
fails: directional_derivative.values
"""

import jax
import jax.numpy as jnp


def directional_derivative(f, x, v):
    length = jnp.sqrt(sum(jnp.sum(leaf**2) for leaf in jax.tree.leaves(v)))
    return jax.jvp(f, (x,), (jax.tree.map(lambda leaf: leaf / length, v),))
