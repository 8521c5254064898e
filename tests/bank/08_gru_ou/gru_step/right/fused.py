"""The input products of all gates at once."""

import jax
import jax.numpy as jnp


def gru_step(params, h, x):
    W = jnp.concatenate([params["W" + g] for g in "zrh"], 1)
    U = jnp.concatenate([params["Uz"], params["Ur"]], 1)
    b = jnp.concatenate([params["b" + g] for g in "zrh"])
    xz, xr, xh = jnp.split(x @ W + b, 3)
    hz, hr = jnp.split(h @ U, 2)
    z, r = jax.nn.sigmoid(xz + hz), jax.nn.sigmoid(xr + hr)
    n = jnp.tanh(xh + (r * h) @ params["Uh"])
    return n + z * (h - n)
