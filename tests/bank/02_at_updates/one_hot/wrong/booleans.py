"""The comparison is left as it is: booleans.

misconception: other_dtype
fails: one_hot.values
"""

import jax.numpy as jnp


def one_hot(labels, num_classes):
    return labels[:, None] == jnp.arange(num_classes)
