"""One row for all rows.

misconception: one_draw_for_many
fails: two_normals.law
"""

import jax
import jax.numpy as jnp


def two_normals(key, shape):
    k1, k2 = jax.random.split(key)
    draw = lambda k: jnp.broadcast_to(jax.random.normal(k, shape[-1:]), shape)
    return draw(k1), draw(k2)
