"""The drift is computed after the kick.

misconception: one_x_a_step
fails: simulate_ou.law
"""

import jax
import jax.numpy as jnp
from jax import lax


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    eps = jax.random.normal(key, (num_steps - 1,))

    def step(x, e):
        x = x + sigma * jnp.sqrt(2 * dt / tau) * e
        x = x + (mu - x) / tau * dt
        return x, x

    return jnp.concatenate([x0[None], lax.scan(step, x0, eps)[1]])
