"""U from the other side: only the values differ.

misconception: state_or_input_side
fails: gru_step.values
"""

import jax
import jax.numpy as jnp


def gru_step(params, h, x):
    z = jax.nn.sigmoid(x @ params["Wz"] + params["Uz"] @ h + params["bz"])
    r = jax.nn.sigmoid(x @ params["Wr"] + params["Ur"] @ h + params["br"])
    n = jnp.tanh(x @ params["Wh"] + (r * h) @ params["Uh"] + params["bh"])
    return z * h + (1 - z) * n
