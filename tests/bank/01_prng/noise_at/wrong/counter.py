"""A counter is folded in as well.

misconception: hidden_state
fails: noise_at.law
"""

import jax
import jax.numpy as jnp

calls = []


def noise_at(key, step, shape):
    calls.append(step)
    return jax.random.normal(jax.random.fold_in(jax.random.fold_in(key, step), len(calls)), shape)
