"""A scan with unroll=4, weights in the carry."""

import jax
import jax.numpy as jnp


def gru_step(params, h, x):
    z = jax.nn.sigmoid(x @ params["Wz"] + h @ params["Uz"] + params["bz"])
    r = jax.nn.sigmoid(x @ params["Wr"] + h @ params["Ur"] + params["br"])
    n = jnp.tanh(x @ params["Wh"] + (r * h) @ params["Uh"] + params["bh"])
    return z * h + (1 - z) * n


def gru_scan(params, h0, xs):
    def step(carry, x):
        params, h = carry
        h = gru_step(params, h, x)
        return (params, h), h

    (_, _), hs = jax.lax.scan(step, (params, h0), xs, unroll=4)
    return hs
