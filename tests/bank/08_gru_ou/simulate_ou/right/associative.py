"""The recurrence is linear: an associative scan."""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    decay = 1 - dt / tau
    kicks = (mu * dt / tau) + sigma * jnp.sqrt(2 * dt / tau) * jax.random.normal(key, (num_steps - 1,))
    a = jnp.concatenate([jnp.ones(1), jnp.full(num_steps - 1, decay)])
    b = jnp.concatenate([x0[None], kicks])

    def join(left, right):
        return left[0] * right[0], left[1] * right[0] + right[1]

    return jax.lax.associative_scan(join, (a, b))[1]
