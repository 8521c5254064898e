"""Neighbouring steps share half of their noise.

misconception: step_ignored
fails: noise_at.independent
"""

import jax
import jax.numpy as jnp


def noise_at(key, step, shape):
    draw = lambda s: jax.random.normal(jax.random.fold_in(key, s), shape)
    return (draw(step) + draw(step + 1)) / jnp.sqrt(2.0)
