"""From zero, and the state before each step.

misconception: every_state
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


def gru_scan(params, h0, xs):
    return lax.scan(lambda h, x: (gru_step(params, h, x), h), jnp.zeros_like(h0), xs)[1]
