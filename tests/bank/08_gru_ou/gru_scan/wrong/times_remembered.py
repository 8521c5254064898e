"""The times of a length are kept from the first call: made under `jit`, they are a tracer.

misconception: leaked_tracer
fails: gru_scan.trace
"""

import functools

import jax
import jax.numpy as jnp


@functools.cache
def times(length):
    return jnp.arange(length)


def gru_step(params, h, x):
    z = jax.nn.sigmoid(x @ params["Wz"] + h @ params["Uz"] + params["bz"])
    r = jax.nn.sigmoid(x @ params["Wr"] + h @ params["Ur"] + params["br"])
    n = jnp.tanh(x @ params["Wh"] + (r * h) @ params["Uh"] + params["bh"])
    return z * h + (1 - z) * n


def gru_scan(params, h0, xs):
    def step(h, t):
        h = gru_step(params, h, xs[t])
        return h, h

    return jax.lax.scan(step, h0, times(xs.shape[0]))[1]
