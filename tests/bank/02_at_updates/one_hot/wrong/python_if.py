"""A Python if on a label.

misconception: branch_on_traced_value
fails: one_hot.jit
"""

import jax.numpy as jnp


def one_hot(labels, num_classes):
    out = jnp.zeros((labels.shape[0], num_classes))
    for k, label in enumerate(labels):
        if label >= 0:
            out = out.at[k, label].set(1)
    return out
