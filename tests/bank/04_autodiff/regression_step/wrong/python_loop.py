"""A Python loop over the examples.

misconception: one_example_at_a_time
fails: regression_step.trace
"""

import jax
import jax.numpy as jnp


def loss_of(learned, x, y):
    return 0.5 * jnp.mean((x @ learned["W"] + learned["b"] - y) ** 2)


def regression_step(params, x, y, lr):
    learned = {"W": params["W"], "b": params["b"]}
    n = x.shape[0]
    loss, g = 0.0, jax.tree.map(jnp.zeros_like, learned)
    for i in range(n):
        one, slope = jax.value_and_grad(loss_of)(learned, x[i], y[i])
        loss, g = loss + one / n, jax.tree.map(lambda a, b: a + b / n, g, slope)
    return {**params, **{k: learned[k] - lr * g[k] for k in g}}, loss
