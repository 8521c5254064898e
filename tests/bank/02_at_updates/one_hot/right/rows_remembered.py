"""The table of rows is kept from the first call, as a NumPy array that no trace owns."""

import functools

import jax.numpy as jnp
import numpy as np


@functools.cache
def rows(num_classes):
    return np.concatenate([np.eye(num_classes, dtype=np.float32), np.zeros((1, num_classes), np.float32)])


def one_hot(labels, num_classes):
    return jnp.asarray(rows(num_classes))[labels]
