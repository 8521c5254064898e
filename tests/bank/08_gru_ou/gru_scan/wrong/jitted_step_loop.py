"""A Python loop over a compiled step.

misconception: written_out
fails: gru_scan.trace
"""

import jax
import jax.numpy as jnp


@jax.jit
def gru_step(params, h, x):
    z = jax.nn.sigmoid(x @ params["Wz"] + h @ params["Uz"] + params["bz"])
    r = jax.nn.sigmoid(x @ params["Wr"] + h @ params["Ur"] + params["br"])
    n = jnp.tanh(x @ params["Wh"] + (r * h) @ params["Uh"] + params["bh"])
    return z * h + (1 - z) * n


def gru_scan(params, h0, xs):
    hs = []
    h = h0
    for t in range(xs.shape[0]):
        h = gru_step(params, h, xs[t])
        hs.append(h)
    return jnp.stack(hs)
