"""One row at a time, mapped."""

import jax
import jax.numpy as jnp


def one_hot(labels, num_classes):
    def row(label):
        return jnp.zeros(num_classes + 1).at[label].add(1)[:num_classes]

    return jax.vmap(row)(labels)
