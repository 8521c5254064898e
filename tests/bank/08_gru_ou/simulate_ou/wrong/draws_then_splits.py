"""Each step draws with the key that it splits for the next one.

misconception: same_noise_each_step
fails: simulate_ou.keys
"""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    def step(carry, _):
        x, key = carry
        kick = jax.random.normal(key)
        key, _ = jax.random.split(key)
        after = x + (mu - x) / tau * dt + sigma * jnp.sqrt(2 * dt / tau) * kick
        return (after, key), x

    return jax.lax.scan(step, (jnp.asarray(x0, jnp.float32), key), length=num_steps)[1]
