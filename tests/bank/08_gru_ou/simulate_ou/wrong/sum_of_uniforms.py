"""Kicks that are sums of twelve uniform numbers: mean 0, variance 1, and none beyond 6.

misconception: noise_law
fails: simulate_ou.law
"""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    draws = jax.random.uniform(key, (num_steps - 1, 12)).sum(axis=1) - 6
    kicks = sigma * jnp.sqrt(2 * dt / tau) * draws

    def step(x, kick):
        x = x + (mu - x) / tau * dt + kick
        return x, x

    return jnp.concatenate([x0[None], jax.lax.scan(step, x0, kicks)[1]])
