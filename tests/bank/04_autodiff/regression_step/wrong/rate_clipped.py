"""The rate cut off at 1.

misconception: downhill
fails: regression_step.values
"""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    p = {"W": params["W"], "b": params["b"]}
    loss, g = jax.value_and_grad(lambda p: 0.5 * jnp.mean((x @ p["W"] + p["b"] - y) ** 2))(p)
    return {**params, **{k: p[k] - jnp.clip(lr, 0, 1) * g[k] for k in p}}, loss
