"""r scales the product and the bias.

misconception: reset_before_product
fails: gru_step.values
"""

import jax.numpy as jnp
from jax.nn import sigmoid as s


def gru_step(p, h, x):
    z = s(x @ p["Wz"] + h @ p["Uz"] + p["bz"])
    r = s(x @ p["Wr"] + h @ p["Ur"] + p["br"])
    n = jnp.tanh(x @ p["Wh"] + r * (h @ p["Uh"] + p["bh"]))
    return z * h + (1 - z) * n
