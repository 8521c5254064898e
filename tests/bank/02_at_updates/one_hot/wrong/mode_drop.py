"""mode=drop does not drop -1.

misconception: negative_index_wraps
fails: one_hot.no_label
"""

import jax.numpy as jnp


def one_hot(labels, num_classes):
    n = labels.shape[0]
    return jnp.zeros((n, num_classes)).at[jnp.arange(n), labels].set(1, mode="drop")
