"""By hand: the loss is right, the gradient that of a mean over examples.

misconception: half_the_mean
fails: regression_step.values
"""

import jax.numpy as jnp


def regression_step(params, x, y, lr):
    residual = x @ params["W"] + params["b"] - y
    new = {"W": params["W"] - lr * x.T @ residual / len(x), "b": params["b"] - lr * residual.mean(0)}
    return {**params, **new}, 0.5 * jnp.mean(residual**2)
