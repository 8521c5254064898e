"""The result of .at is not kept.

misconception: result_thrown_away
fails: one_hot.values
"""

import jax.numpy as jnp


def one_hot(labels, num_classes):
    rows = jnp.zeros((len(labels), num_classes))
    rows.at[jnp.arange(len(labels)), labels].set(1.0)
    return rows
