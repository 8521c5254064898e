"""Chunks of eight steps written out in the scan, the rest after it; its own step."""

import jax
import jax.numpy as jnp
from jax import lax


def gru_scan(params, h0, xs):
    W, U, b = (jnp.concatenate([params[k + g] for g in "zrh"], axis=-1) for k in "WUb")
    H = h0.shape[0]

    def step(h, a):
        zr = jax.nn.sigmoid(a[: 2 * H] + h @ U[:, : 2 * H])
        n = jnp.tanh(a[2 * H :] + (zr[H:] * h) @ U[:, 2 * H :])
        return n + zr[:H] * (h - n)

    def eight(h, block):
        hs = []
        for a in block:
            h = step(h, a)
            hs.append(h)
        return h, jnp.stack(hs)

    pre = xs @ W + b
    whole = len(xs) // 8 * 8
    h, hs = lax.scan(eight, h0, pre[:whole].reshape(-1, 8, 3 * H))
    _, tail = lax.scan(lambda h, a: (step(h, a),) * 2, h, pre[whole:])
    return jnp.concatenate([hs.reshape(-1, H), tail])
