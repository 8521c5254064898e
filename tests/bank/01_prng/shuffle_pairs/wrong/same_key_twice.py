"""The same key for both: it works today, and uses a key twice.

misconception: one_key_two_draws
fails: shuffle_pairs.keys
"""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    return jax.random.permutation(key, xs), jax.random.permutation(key, ys)
