"""Growing weights, started afresh every 16 rows, and alpha 1 by itself: close to 1 they overflow all the same.

misconception: powers_under_and_overflow
fails: ema.edges
"""

import jax.numpy as jnp
from jax import lax

SIZE = 16


def ema(xs, alpha):
    steps = xs.shape[0]
    rows = xs.reshape(steps, -1)
    padded = jnp.pad(rows, ((0, -steps % SIZE), (0, 0))).reshape(-1, SIZE, rows.shape[1])
    decay = jnp.where(alpha == 1, 0.5, 1 - alpha) ** jnp.arange(1, SIZE + 1)[:, None]

    def block(h, x):
        out = decay * (h + jnp.cumsum(alpha * x / decay, axis=0))
        return out[-1], out

    out = lax.scan(block, rows[0], padded)[1].reshape(-1, rows.shape[1])[:steps].reshape(xs.shape)
    return jnp.where(alpha == 1, xs, out)
