"""Compares in bfloat16, where 256 is 257.

misconception: narrow_counter
fails: one_hot.values
"""

import jax.numpy as jnp


def one_hot(labels, num_classes):
    return (labels[:, None].astype(jnp.bfloat16) == jnp.arange(num_classes).astype(jnp.bfloat16)).astype(jnp.float32)
