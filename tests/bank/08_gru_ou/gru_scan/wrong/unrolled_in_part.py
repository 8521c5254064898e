"""One step in 32 is written out.

misconception: written_out
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
    def step(h, x):
        h = gru_step(params, h, x)
        return h, h

    return lax.scan(step, h0, xs, unroll=max(1, len(xs) // 32))[1]
