"""A Python loop over the output's rows, two operations each.

misconception: unrolled_positions
fails: conv2d.trace
"""

import jax.numpy as jnp
from jax import lax


def conv2d(x, w, b, stride, padding):
    kh, kw = w.shape[:2]
    if padding == "SAME":
        totals = [max((-(-n // stride) - 1) * stride + k - n, 0) for n, k in zip(x.shape[1:3], (kh, kw))]
        x = jnp.pad(x, [(0, 0), *((t // 2, t - t // 2) for t in totals), (0, 0)])
    rows = [
        lax.conv_general_dilated(
            x[:, i : i + kh], w, (stride, stride), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC")
        )
        for i in range(0, x.shape[1] - kh + 1, stride)
    ]
    return jnp.concatenate(rows, axis=1) + b
