"""The parameters mapped too.

misconception: gradient_of_one
fails: per_example_grads.values
"""

import jax
import jax.numpy as jnp


def per_example_grads(loss, params, xs, ys):
    return jax.vmap(jax.grad(loss))(params, xs, ys)
