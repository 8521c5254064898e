"""A right loop over a wrong step.

misconception: step_makes_them
fails: gru_scan.values
"""

import jax
import jax.numpy as jnp
from jax import lax
from jax.nn import sigmoid as s


def gru_step(p, h, x):
    z = s(x @ p["Wz"] + h @ p["Uz"] + p["bz"])
    r = s(x @ p["Wr"] + h @ p["Ur"] + p["br"])
    n = jnp.tanh(x @ p["Wh"] + (r * h) @ p["Uh"] + p["bh"])
    return z * h + (1 - z) * n


def gru_step(p, h, x):
    z = s(x @ p["Wz"] + h @ p["Uz"] + p["bz"])
    r = s(x @ p["Wr"] + h @ p["Ur"] + p["br"])
    n = jnp.tanh(x @ p["Wh"] + (r * h) @ p["Uh"] + p["bh"])
    return z * n + (1 - z) * h


def gru_scan(params, h0, xs):
    return lax.scan(lambda h, x: (gru_step(params, h, x),) * 2, h0, xs)[1]
