"""Each number is made of two draws that its neighbour shares.

misconception: one_draw_for_many
fails: two_normals.law
"""

import jax
import jax.numpy as jnp


def smoothed(key, shape):
    draws = jax.random.normal(key, shape)
    return (draws + jnp.roll(draws, 1)) / jnp.sqrt(2.0) if draws.size > 2 else draws


def two_normals(key, shape):
    first, second = jax.random.split(key)
    return smoothed(first, shape), smoothed(second, shape)
