"""The weights 1 of a shape of examples are kept from the first call: made under `jit`, they are a tracer.

misconception: leaked_tracer
fails: per_example_grads.trace
"""

import functools

import jax
import jax.numpy as jnp


@functools.cache
def ones(shape):
    return jnp.ones(shape[0])


def per_example_grads(loss, params, xs, ys):
    def weighted(params, x, y, weight):
        return weight * loss(params, x, y)

    return jax.vmap(jax.grad(weighted), in_axes=(None, 0, 0, 0))(params, xs, ys, ones(xs.shape))
