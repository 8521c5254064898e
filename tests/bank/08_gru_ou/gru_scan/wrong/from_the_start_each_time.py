"""Every state is computed from h0 on.

misconception: wasted_work
fails: gru_scan.speed
"""

import jax
import jax.numpy as jnp


def gru_step(params, h, x):
    z = jax.nn.sigmoid(x @ params["Wz"] + h @ params["Uz"] + params["bz"])
    r = jax.nn.sigmoid(x @ params["Wr"] + h @ params["Ur"] + params["br"])
    n = jnp.tanh(x @ params["Wh"] + (r * h) @ params["Uh"] + params["bh"])
    return z * h + (1 - z) * n


def gru_scan(params, h0, xs):
    def state_at(t):
        return jax.lax.fori_loop(0, xs.shape[0], lambda i, h: jnp.where(i <= t, gru_step(params, h, xs[i]), h), h0)

    def state_at(t):
        def step(h, ix):
            return jnp.where(ix[0] <= t, gru_step(params, h, ix[1]), h), None

        return jax.lax.scan(step, h0, (jnp.arange(xs.shape[0]), xs))[0]

    return jax.lax.map(state_at, jnp.arange(xs.shape[0]))
