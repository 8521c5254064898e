"""Copied and not changed: the bias of z in r.

misconception: own_bias
fails: gru_step.values
"""

import jax.numpy as jnp
from jax.nn import sigmoid as s


def gru_step(p, h, x):
    z = s(x @ p["Wz"] + h @ p["Uz"] + p["bz"])
    r = s(x @ p["Wr"] + h @ p["Ur"] + p["bz"])
    n = jnp.tanh(x @ p["Wh"] + (r * h) @ p["Uh"] + p["bh"])
    return z * h + (1 - z) * n
