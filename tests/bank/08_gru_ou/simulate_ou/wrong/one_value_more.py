"""num_steps steps after x0.

misconception: starts_at_x0
fails: simulate_ou.law
"""

import jax
import jax.numpy as jnp
from jax import lax


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    eps = jax.random.normal(key, (num_steps,))

    def step(x, e):
        x = x + (mu - x) / tau * dt + sigma * jnp.sqrt(2 * dt / tau) * e
        return x, x

    return jnp.concatenate([x0[None], lax.scan(step, x0, eps)[1]])
