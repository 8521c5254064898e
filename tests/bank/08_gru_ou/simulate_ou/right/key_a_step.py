"""A key for each step, scanned over."""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    def step(x, key):
        new = x + (mu - x) * dt / tau + sigma * jnp.sqrt(2 * dt / tau) * jax.random.normal(key)
        return new, x

    _, path = jax.lax.scan(step, x0, jax.random.split(key, num_steps))
    return path
