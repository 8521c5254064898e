"""Gradients of sums over slices of 32 examples, accumulated in a scan, with a rest."""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    learns = {name: params[name] for name in ("W", "b")}

    def total(p, part):
        return 0.5 * jnp.sum((part[0] @ p["W"] + p["b"] - part[1]) ** 2) / y.size

    whole = len(x) // 32 * 32
    result = jax.value_and_grad(total)(learns, (x[whole:], y[whole:]))
    if whole:

        def add(so_far, part):
            return jax.tree.map(jnp.add, so_far, jax.value_and_grad(total)(learns, part)), None

        parts = [a[:whole].reshape(-1, 32, a.shape[1]) for a in (x, y)]
        result, _ = jax.lax.scan(add, result, parts)
    loss, grads = result
    return {**params, **{name: learns[name] - lr * grads[name] for name in learns}}, loss
