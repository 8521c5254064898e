"""sigmoid and tanh swapped.

misconception: gates_mixed
fails: gru_step.values
"""

import jax.numpy as jnp
from jax.nn import sigmoid as s


def gru_step(p, h, x):
    z = jnp.tanh(x @ p["Wz"] + h @ p["Uz"] + p["bz"])
    r = jnp.tanh(x @ p["Wr"] + h @ p["Ur"] + p["br"])
    n = s(x @ p["Wh"] + (r * h) @ p["Uh"] + p["bh"])
    return z * h + (1 - z) * n
