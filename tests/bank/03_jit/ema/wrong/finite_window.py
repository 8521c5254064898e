"""A convolution with the last 256 weights: a small alpha remembers longer.

misconception: alpha_weights_the_new
fails: ema.edges
"""

import jax
import jax.numpy as jnp
from jax.scipy.signal import fftconvolve

WINDOW = 256


def ema(xs, alpha):
    steps = xs.shape[0]
    columns = xs.reshape(steps, -1)
    weights = alpha * (1 - alpha) ** jnp.arange(WINDOW)
    mixed = jax.vmap(lambda c: fftconvolve(c, weights)[:steps], 1, 1)(columns)
    first = jnp.where(jnp.arange(steps) < WINDOW, (1 - alpha) ** (jnp.arange(steps) + 1.0), 0.0)
    return (mixed + first[:, None] * columns[0]).reshape(xs.shape)
