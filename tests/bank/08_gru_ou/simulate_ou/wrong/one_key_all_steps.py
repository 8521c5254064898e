"""Each step draws with the same key.

misconception: same_noise_each_step
fails: simulate_ou.law
"""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    def step(x, _):
        new = x + (mu - x) / tau * dt + sigma * jnp.sqrt(2 * dt / tau) * jax.random.normal(key)
        return new, x

    return jax.lax.scan(step, x0, None, length=num_steps)[1]
