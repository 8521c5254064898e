"""Brownian motion on top of the mean path.

misconception: kick_moves_x
fails: simulate_ou.law
"""

import jax
import jax.numpy as jnp
from jax import lax


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    eps = jax.random.normal(key, (num_steps - 1,))
    clean = mu + (x0 - mu) * (1 - dt / tau) ** jnp.arange(num_steps)
    w = jnp.concatenate([jnp.zeros(1), jnp.cumsum(sigma * jnp.sqrt(2 * dt / tau) * eps)])
    return clean + w
