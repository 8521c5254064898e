"""The arrays are joined, and so the dtypes.

misconception: array_changed
fails: shuffle_pairs.any_array
"""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    n = len(xs)
    both = jnp.concatenate([xs.reshape(n, -1), ys.reshape(n, -1)], axis=1)
    both = both[jax.random.permutation(key, n)]
    cut = xs.size // n
    return both[:, :cut].reshape(xs.shape), both[:, cut:].reshape(ys.shape)
