"""tanh by its formula overflows.

misconception: unstable_formula
fails: gru_step.saturated
"""

import jax
import jax.numpy as jnp


def tanh(a):
    return (jnp.exp(a) - jnp.exp(-a)) / (jnp.exp(a) + jnp.exp(-a))


def gru_step(params, h, x):
    z = jax.nn.sigmoid(x @ params["Wz"] + h @ params["Uz"] + params["bz"])
    r = jax.nn.sigmoid(x @ params["Wr"] + h @ params["Ur"] + params["br"])
    n = tanh(x @ params["Wh"] + (r * h) @ params["Uh"] + params["bh"])
    return z * h + (1 - z) * n
