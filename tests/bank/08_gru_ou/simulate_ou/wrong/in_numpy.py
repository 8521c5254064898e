"""NumPy walks; nothing can be mapped or compiled.

misconception: numpy_on_a_tracer
fails: simulate_ou.trace
"""

import jax
import jax.numpy as jnp
import numpy as np


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    kicks = np.asarray(jax.random.normal(key, (num_steps - 1,))) * sigma * np.sqrt(2 * dt / tau)
    path = np.empty(num_steps, np.float32)
    path[0] = x0
    for i, kick in enumerate(kicks):
        path[i + 1] = path[i] + (mu - path[i]) / tau * dt + kick
    return jnp.asarray(path)
