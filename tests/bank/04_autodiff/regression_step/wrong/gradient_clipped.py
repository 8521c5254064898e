"""Gradients cut off at 10.

misconception: downhill
fails: regression_step.values
"""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    p = {"W": params["W"], "b": params["b"]}
    loss, g = jax.value_and_grad(lambda p: 0.5 * jnp.mean((x @ p["W"] + p["b"] - y) ** 2))(p)
    return {**params, **{k: p[k] - lr * jnp.clip(g[k], -10, 10) for k in p}}, loss
