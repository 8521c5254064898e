"""The gradients of single examples by lax.map, then their mean.

misconception: one_example_at_a_time
fails: regression_step.speed
"""

import jax
import jax.numpy as jnp


def loss_of(learned, x, y):
    return 0.5 * jnp.mean((x @ learned["W"] + learned["b"] - y) ** 2)


def regression_step(params, x, y, lr):
    learned = {"W": params["W"], "b": params["b"]}
    losses, g = jax.lax.map(lambda e: jax.value_and_grad(loss_of)(learned, *e), (x, y))
    return {**params, **{k: learned[k] - lr * g[k].mean(0) for k in g}}, losses.mean()
