"""A log-softmax with a gradient rule of its own."""

import jax
import jax.numpy as jnp


@jax.custom_vjp
def log_softmax(z):
    z = z - z.max()
    return z - jnp.log(jnp.exp(z).sum())


def forward(z):
    out = log_softmax(z)
    return out, out


def backward(out, g):
    return (g - jnp.exp(out) * g.sum(),)


log_softmax.defvjp(forward, backward)


def log_probs(params, x):
    *hidden, last = params
    for W, b in hidden:
        x = jnp.clip(W @ x + b, 0)
    return log_softmax(last[0] @ x + last[1])
