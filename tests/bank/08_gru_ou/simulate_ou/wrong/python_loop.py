"""A Python loop over the steps.

misconception: written_out
fails: simulate_ou.trace
"""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    kicks = sigma * jnp.sqrt(2 * dt / tau) * jax.random.normal(key, (num_steps - 1,))
    path = [x0]
    for i in range(num_steps - 1):
        path.append(path[-1] + (mu - path[-1]) / tau * dt + kicks[i])
    return jnp.stack(path)
