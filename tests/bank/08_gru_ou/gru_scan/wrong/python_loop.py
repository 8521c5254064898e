"""A Python loop over time.

misconception: written_out
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
    hs = [h0]
    for x in xs:
        hs.append(gru_step(params, hs[-1], x))
    return jnp.stack(hs[1:])
