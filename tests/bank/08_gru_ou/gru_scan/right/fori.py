"""fori_loop that writes into place."""

import jax
import jax.numpy as jnp


def gru_step(params, h, x):
    z = jax.nn.sigmoid(x @ params["Wz"] + h @ params["Uz"] + params["bz"])
    r = jax.nn.sigmoid(x @ params["Wr"] + h @ params["Ur"] + params["br"])
    n = jnp.tanh(x @ params["Wh"] + (r * h) @ params["Uh"] + params["bh"])
    return z * h + (1 - z) * n


@jax.jit
def gru_scan(params, h0, xs):
    def body(t, carry):
        h, hs = carry
        h = gru_step(params, h, xs[t])
        return h, hs.at[t].set(h)

    hs = jnp.zeros((xs.shape[0], h0.shape[0]))
    return jax.lax.scan(lambda c, t: (body(t, c), None), (h0, hs), jnp.arange(xs.shape[0]))[0][1]
