"""W.T @ x, which is x @ W."""

import jax
import jax.numpy as jnp


def gru_step(params, h, x):
    z = jax.nn.sigmoid(params["Wz"].T @ x + params["Uz"].T @ h + params["bz"])
    r = jax.nn.sigmoid(params["Wr"].T @ x + params["Ur"].T @ h + params["br"])
    n = jnp.tanh(params["Wh"].T @ x + (r * h) @ params["Uh"] + params["bh"])
    return z * h + (1 - z) * n
