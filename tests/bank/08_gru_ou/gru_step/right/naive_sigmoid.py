"""The sigmoid by its formula: finite everywhere in float32."""

import jax
import jax.numpy as jnp


def sigmoid(a):
    return 1 / (1 + jnp.exp(-a))


def gru_step(params, h, x):
    z = sigmoid(x @ params["Wz"] + h @ params["Uz"] + params["bz"])
    r = sigmoid(x @ params["Wr"] + h @ params["Ur"] + params["br"])
    n = jnp.tanh(x @ params["Wh"] + (r * h) @ params["Uh"] + params["bh"])
    return z * h + (1 - z) * n
