"""The gradient is cut every fifty steps.

misconception: not_transformable
fails: gru_scan.trace
"""

import jax
import jax.numpy as jnp


def gru_step(params, h, x):
    z = jax.nn.sigmoid(x @ params["Wz"] + h @ params["Uz"] + params["bz"])
    r = jax.nn.sigmoid(x @ params["Wr"] + h @ params["Ur"] + params["br"])
    n = jnp.tanh(x @ params["Wh"] + (r * h) @ params["Uh"] + params["bh"])
    return z * h + (1 - z) * n


def gru_scan(params, h0, xs):
    def step(h, tx):
        t, x = tx
        h = gru_step(params, jnp.where(t % 50 == 49, jax.lax.stop_gradient(h), h), x)
        return h, h

    return jax.lax.scan(step, h0, (jnp.arange(xs.shape[0]), xs))[1]
