"""W @ x.

misconception: state_or_input_side
fails: gru_step.values
"""

import jax.numpy as jnp
from jax.nn import sigmoid as s


def gru_step(p, h, x):
    z = s(p["Wz"] @ x + p["Uz"] @ h + p["bz"])
    r = s(p["Wr"] @ x + p["Ur"] @ h + p["br"])
    n = jnp.tanh(p["Wh"] @ x + p["Uh"] @ (r * h) + p["bh"])
    return z * h + (1 - z) * n
