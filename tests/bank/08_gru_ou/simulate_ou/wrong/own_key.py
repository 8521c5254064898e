"""The key handed in is ignored.

misconception: key_unheard
fails: simulate_ou.keys
"""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    kicks = sigma * jnp.sqrt(2 * dt / tau) * jax.random.normal(jax.random.key(0), (num_steps - 1,))

    def step(x, kick):
        x = x + (mu - x) / tau * dt + kick
        return x, x

    _, path = jax.lax.scan(step, x0, kicks)
    return jnp.concatenate([x0[None], path])
