"""The gradient is cut every eight steps.

misconception: not_transformable
fails: gru_scan.trace
"""

import jax
import jax.numpy as jnp
from jax import lax


def gru_step(params, h, x):
    z = jax.nn.sigmoid(x @ params["Wz"] + h @ params["Uz"] + params["bz"])
    r = jax.nn.sigmoid(x @ params["Wr"] + h @ params["Ur"] + params["br"])
    n = jnp.tanh(x @ params["Wh"] + (r * h) @ params["Uh"] + params["bh"])
    return z * h + (1 - z) * n


def gru_scan(params, h0, xs):
    def step(h, tx):
        t, x = tx
        h = jnp.where((t > 0) & (t % 8 == 0), lax.stop_gradient(h), h)
        h = gru_step(params, h, x)
        return h, h

    return lax.scan(step, h0, (jnp.arange(len(xs)), xs))[1]
