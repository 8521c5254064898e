"""One number for all entries.

misconception: one_draw_for_many
fails: noise_at.law
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    return jnp.full(shape, jax.random.normal(jax.random.fold_in(key, step)))
