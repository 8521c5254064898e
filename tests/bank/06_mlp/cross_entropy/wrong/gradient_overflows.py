"""The value is mended where it overflowed, its gradient is not.

misconception: exp_overflows
fails: cross_entropy.confident
"""

import jax
import jax.numpy as jnp


def cross_entropy(params, xs, labels):
    h = xs
    for W, b in params[:-1]:
        h = jax.nn.relu(h @ W.T + b)
    z = h @ params[-1][0].T + params[-1][1]
    plain = jnp.log(jnp.sum(jnp.exp(z), -1))
    lse = jnp.where(jnp.isfinite(plain), plain, z.max(-1))
    return jnp.mean(lse - z[jnp.arange(z.shape[0]), labels])
