"""Gradients shortened to a norm of 5.

misconception: downhill
fails: regression_step.values
"""

import jax
import jax.numpy as jnp
import optax


def regression_step(params, x, y, lr):
    p = {"W": params["W"], "b": params["b"]}
    loss, g = jax.value_and_grad(lambda p: 0.5 * jnp.mean((x @ p["W"] + p["b"] - y) ** 2))(p)
    n = optax.global_norm(g)
    g = jax.tree.map(lambda a: a * jnp.minimum(1.0, 5 / n), g)
    return {**params, **{k: p[k] - lr * g[k] for k in p}}, loss
