"""A permutation matrix in float32.

misconception: array_changed
fails: shuffle_pairs.any_array
"""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, xs, ys):
    matrix = jnp.eye(len(xs))[jax.random.permutation(key, len(xs))]

    def move(a):
        rows = a.reshape(len(a), -1).astype(jnp.float32)
        return jnp.dot(matrix, rows, precision="highest").reshape(a.shape).astype(a.dtype)

    return move(xs), move(ys)
