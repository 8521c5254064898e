"""Every value is computed from x0 on.

misconception: wasted_work
fails: simulate_ou.speed
"""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    def value_at(t):
        def step(i, x):
            kick = sigma * jnp.sqrt(2 * dt / tau) * jax.random.normal(jax.random.fold_in(key, i))
            return jnp.where(i < t, x + (mu - x) / tau * dt + kick, x)

        return jax.lax.fori_loop(0, num_steps - 1, step, x0)

    return jax.lax.map(value_at, jnp.arange(num_steps))
