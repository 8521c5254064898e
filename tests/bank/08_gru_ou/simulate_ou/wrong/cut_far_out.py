"""Kicks cut off at 3.5.

misconception: noise_law
fails: simulate_ou.law
"""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    n = jnp.clip(jax.random.normal(key, (num_steps - 1,)), -3.5, 3.5)

    def step(x, n):
        x = x + (mu - x) / tau * dt + sigma * jnp.sqrt(2 * dt / tau) * n
        return x, x

    return jnp.concatenate([x0[None], jax.lax.scan(step, x0, n)[1]])
