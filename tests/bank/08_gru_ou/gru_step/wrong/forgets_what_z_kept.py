"""h is overwritten by r * h before z keeps it.

misconception: z_keeps_the_old
fails: gru_step.values
"""

import jax.numpy as jnp
from jax.nn import sigmoid as s


def gru_step(p, h, x):
    z = s(x @ p["Wz"] + h @ p["Uz"] + p["bz"])
    h = s(x @ p["Wr"] + h @ p["Ur"] + p["br"]) * h
    return z * h + (1 - z) * jnp.tanh(x @ p["Wh"] + h @ p["Uh"] + p["bh"])
