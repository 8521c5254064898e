"""vmap over the images, and in each a compiled loop over its positions.

misconception: slow_convolution
fails: conv2d.speed
"""

import jax
import jax.numpy as jnp
from jax import lax


def conv2d(x, w, b, stride, padding):
    if padding == "SAME":
        sides = [(0, 0)]
        for n, k in zip(x.shape[1:3], w.shape[:2]):
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            sides.append((total // 2, total - total // 2))
        x = jnp.pad(x, [*sides, (0, 0)])
    kh, kw, channels, _ = w.shape
    rows, columns = (x.shape[1] - kh) // stride + 1, (x.shape[2] - kw) // stride + 1

    def one(image, k):
        corner = (k // columns * stride, k % columns * stride, 0)
        return jnp.tensordot(lax.dynamic_slice(image, corner, (kh, kw, channels)), w, 3) + b

    def of_image(image):
        return lax.map(lambda k: one(image, k), jnp.arange(rows * columns))

    return jax.vmap(of_image)(x).reshape(len(x), rows, columns, -1)
