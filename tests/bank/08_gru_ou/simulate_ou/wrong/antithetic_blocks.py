"""Every second block of 20 kicks is the block before with the other sign.

misconception: same_noise_each_step
fails: simulate_ou.law
"""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    draws = (lambda d: jnp.stack([d, -d], 1).reshape(-1)[: num_steps - 1])(
        jax.random.normal(key, (num_steps // 40 + 1, 20))
    )
    kicks = sigma * jnp.sqrt(2 * dt / tau) * draws

    def step(x, kick):
        x = x + (mu - x) / tau * dt + kick
        return x, x

    return jnp.concatenate([x0[None], jax.lax.scan(step, x0, kicks)[1]])
