"""The second half of the noise is the first half's, with the other sign.

misconception: same_noise_each_step
fails: simulate_ou.law
"""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    half = jax.random.normal(key, (num_steps // 2,))
    kicks = sigma * jnp.sqrt(2 * dt / tau) * jnp.concatenate([half, -half])[: num_steps - 1]

    def step(x, kick):
        x = x + (mu - x) / tau * dt + kick
        return x, x

    return jnp.concatenate([x0[None], jax.lax.scan(step, x0, kicks)[1]])
