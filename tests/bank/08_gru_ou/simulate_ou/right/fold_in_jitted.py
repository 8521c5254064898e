"""Compiled by itself, keys by fold_in, the old value is the output."""

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames="num_steps")
def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    def step(x, i):
        kick = jax.random.normal(jax.random.fold_in(key, i))
        return x + (mu - x) / tau * dt + sigma * jnp.sqrt(2 * dt / tau) * kick, x

    return jax.lax.scan(step, x0, jnp.arange(num_steps))[1]
