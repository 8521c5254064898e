"""Sets rows of a class table.

misconception: one_entry_a_row
fails: one_hot.values
"""

import jax.numpy as jnp


def one_hot(labels, num_classes):
    return jnp.zeros((labels.shape[0], num_classes)).at[labels].set(1)
