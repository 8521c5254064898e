"""NumPy cannot be compiled or differentiated.

misconception: numpy_on_a_tracer
fails: gru_step.trace
"""

import jax
import jax.numpy as jnp
import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def gru_step(params, h, x):
    with np.errstate(over="ignore"):
        z = sigmoid(np.asarray(x @ params["Wz"] + h @ params["Uz"] + params["bz"]))
        r = sigmoid(np.asarray(x @ params["Wr"] + h @ params["Ur"] + params["br"]))
        n = np.tanh(np.asarray(x @ params["Wh"] + (r * h) @ params["Uh"] + params["bh"]))
    return jnp.asarray(z * h + (1 - z) * n)
