"""One scan that chooses its input."""

import jax
import jax.numpy as jnp


def free_run(step, state, warmup, num_steps):
    T = warmup.shape[0]

    def go(carry, t):
        state, y = carry
        state, y = step(state, jnp.where(t < T, warmup[jnp.minimum(t, T - 1)], y))
        return (state, y), y

    _, ys = jax.lax.scan(go, (state, warmup[0]), jnp.arange(T + num_steps - 1))
    return ys[T - 1 :]
