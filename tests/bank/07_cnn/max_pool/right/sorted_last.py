"""The last of each sorted window."""

import jax.numpy as jnp
import numpy as np


def max_pool(x, window, stride):
    r, c = (np.arange(0, n - window + 1, stride)[:, None] + np.arange(window) for n in x.shape[1:3])
    windows = x[:, r][:, :, :, c].transpose(0, 1, 3, 5, 2, 4)
    return jnp.sort(windows.reshape(*windows.shape[:4], -1), axis=-1)[..., -1]
