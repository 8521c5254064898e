"""A map over units inside a map over examples."""

import jax
import jax.numpy as jnp


def batched_relu_layer(params, xs):
    unit = lambda w, b, x: jnp.maximum(jnp.dot(w, x) + b, 0.0)
    return jax.vmap(lambda x: jax.vmap(unit, (0, 0, None))(*params, x))(xs)
