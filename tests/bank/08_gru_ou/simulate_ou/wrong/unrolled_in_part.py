"""One step in 16 is written out.

misconception: written_out
fails: simulate_ou.trace
"""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    kicks = sigma * jnp.sqrt(2 * dt / tau) * jax.random.normal(key, (num_steps - 1,))

    def step(x, kick):
        x = x + (mu - x) / tau * dt + kick
        return x, x

    path = jax.lax.scan(step, x0, kicks, unroll=max(1, num_steps // 16))[1]
    return jnp.concatenate([x0[None], path])
