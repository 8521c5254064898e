"""int32 comes back.

misconception: one_entry_a_row
fails: one_hot.values
"""

import jax.numpy as jnp


def one_hot(labels, num_classes):
    return (labels[:, None] == jnp.arange(num_classes)).astype(jnp.int32)
