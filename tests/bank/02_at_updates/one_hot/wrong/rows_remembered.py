"""The table of rows is kept from the first call: made under `jit`, it is a tracer.

misconception: leaked_tracer
fails: one_hot.jit
"""

import functools

import jax.numpy as jnp


@functools.cache
def rows(num_classes):
    return jnp.concatenate([jnp.eye(num_classes), jnp.zeros((1, num_classes))])


def one_hot(labels, num_classes):
    return rows(num_classes)[labels]
