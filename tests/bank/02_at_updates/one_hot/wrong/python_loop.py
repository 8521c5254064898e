"""A Python loop over the rows.

misconception: loop_is_unrolled
fails: one_hot.jit
"""

import jax.numpy as jnp


def one_hot(labels, num_classes):
    rows = []
    for label in labels:
        rows.append((jnp.arange(num_classes) == label).astype(jnp.float32))
    return jnp.stack(rows)
