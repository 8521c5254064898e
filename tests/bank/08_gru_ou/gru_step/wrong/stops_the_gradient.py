"""No gradient flows through the reset gate.

misconception: not_transformable
fails: gru_step.trace
"""

import jax
import jax.numpy as jnp


def gru_step(params, h, x):
    z = jax.nn.sigmoid(x @ params["Wz"] + h @ params["Uz"] + params["bz"])
    r = jax.nn.sigmoid(x @ params["Wr"] + h @ params["Ur"] + params["br"])
    n = jnp.tanh(x @ params["Wh"] + (jax.lax.stop_gradient(r) * h) @ params["Uh"] + params["bh"])
    return z * h + (1 - z) * n
