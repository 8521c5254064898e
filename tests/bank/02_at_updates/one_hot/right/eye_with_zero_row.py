"""-1 wraps to a last row of zeros."""

import jax.numpy as jnp


def one_hot(labels, num_classes):
    table = jnp.concatenate([jnp.eye(num_classes), jnp.zeros((1, num_classes))])
    return table[labels]
