"""A scan over the kernel's entries, each a strided view times a matrix."""

from functools import partial

import jax
import jax.numpy as jnp
from jax import lax


def margins(size, kernel, stride):
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


@partial(jax.jit, static_argnums=(3, 4))
def conv2d(x, w, b, stride, padding):
    kh, kw, cin, cout = w.shape
    if padding == "SAME":
        x = jnp.pad(x, ((0, 0), margins(x.shape[1], kh, stride), margins(x.shape[2], kw, stride), (0, 0)))
    n, height, width, _ = x.shape
    rows, columns = (height - kh) // stride + 1, (width - kw) // stride + 1
    size = n, (rows - 1) * stride + 1, (columns - 1) * stride + 1, cin

    def add(total, entry):
        i, j, tap = entry
        view = lax.dynamic_slice(x, (0, i, j, 0), size)[:, ::stride, ::stride]
        return total + view @ tap, None

    i, j = jnp.divmod(jnp.arange(kh * kw), kw)
    return lax.scan(add, jnp.zeros((n, rows, columns, cout)) + b, (i, j, w.reshape(-1, cin, cout)))[0]
