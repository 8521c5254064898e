"""The exact transition.

misconception: exact_transition
fails: simulate_ou.law
"""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    kicks = sigma * jnp.sqrt(1 - jnp.exp(-2 * dt / tau)) * jax.random.normal(key, (num_steps - 1,))

    def step(x, kick):
        x = mu + (x - mu) * jnp.exp(-dt / tau) + kick
        return x, x

    _, path = jax.lax.scan(step, x0, kicks)
    return jnp.concatenate([x0[None], path])
