"""A comparison with all classes."""

import jax.numpy as jnp


def one_hot(labels, num_classes):
    return (labels[:, None] == jnp.arange(num_classes)).astype(jnp.float32)
