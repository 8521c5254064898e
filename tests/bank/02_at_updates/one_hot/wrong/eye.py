"""A row of the identity: -1 is the last.

misconception: negative_index_wraps
fails: one_hot.no_label
"""

import jax.numpy as jnp


def one_hot(labels, num_classes):
    return jnp.eye(num_classes)[labels]
