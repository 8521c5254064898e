"""Kicks cut off at two standard deviations, and widened to the right variance.

misconception: noise_law
fails: simulate_ou.law
"""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    draws = jax.random.truncated_normal(key, -2.0, 2.0, (num_steps - 1,)) / 0.87962566103423978
    kicks = sigma * jnp.sqrt(2 * dt / tau) * draws

    def step(x, kick):
        x = x + (mu - x) / tau * dt + kick
        return x, x

    return jnp.concatenate([x0[None], jax.lax.scan(step, x0, kicks)[1]])
