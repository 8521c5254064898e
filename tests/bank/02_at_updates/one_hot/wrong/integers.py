"""int32 comes back.

misconception: other_dtype
fails: one_hot.values
"""

import jax.numpy as jnp


def one_hot(labels, num_classes):
    return (labels[:, None] == jnp.arange(num_classes)).astype(jnp.int32)
