"""The examples are made float32, whatever they were.

misconception: as_they_come
fails: per_example_grads.trees
"""

import jax
import jax.numpy as jnp


def per_example_grads(loss, params, xs, ys):
    xs = jnp.asarray(xs, jnp.float32)
    return jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(params, xs, ys)
