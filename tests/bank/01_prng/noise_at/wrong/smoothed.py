"""Each number is made of two draws that its neighbour shares.

misconception: one_draw_for_many
fails: noise_at.law
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    draws = jax.random.normal(jax.random.fold_in(key, step), shape)
    return (draws + jnp.roll(draws, 1)) / jnp.sqrt(2.0) if draws.size > 2 else draws
