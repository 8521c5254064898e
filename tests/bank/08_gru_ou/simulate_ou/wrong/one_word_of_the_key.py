"""Only the second word of the key is heard.

misconception: key_unheard
fails: simulate_ou.keys
"""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    draws = jax.random.normal(jax.random.key(jax.random.key_data(key)[1]), (num_steps - 1,))
    kicks = sigma * jnp.sqrt(2 * dt / tau) * draws

    def step(x, kick):
        x = x + (mu - x) / tau * dt + kick
        return x, x

    return jnp.concatenate([x0[None], jax.lax.scan(step, x0, kicks)[1]])
