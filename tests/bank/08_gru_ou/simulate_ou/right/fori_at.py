"""fori_loop with a key in the carry."""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    def body(i, carry):
        path, key = carry
        key, mine = jax.random.split(key)
        x = path[i - 1]
        x = x + (mu - x) / tau * dt + sigma * (2 * dt / tau) ** 0.5 * jax.random.normal(mine)
        return path.at[i].set(x), key

    path = jnp.zeros(num_steps).at[0].set(x0)
    return jax.lax.fori_loop(1, num_steps, body, (path, key))[0]
