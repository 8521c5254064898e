"""The mean of a path's kicks is taken off.

misconception: same_noise_each_step
fails: simulate_ou.trace
"""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    draws = (lambda d: d - d.mean())(jax.random.normal(key, (num_steps - 1,)))
    kicks = sigma * jnp.sqrt(2 * dt / tau) * draws

    def step(x, kick):
        x = x + (mu - x) / tau * dt + kick
        return x, x

    return jnp.concatenate([x0[None], jax.lax.scan(step, x0, kicks)[1]])
