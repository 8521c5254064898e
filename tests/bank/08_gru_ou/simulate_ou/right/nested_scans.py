"""Blocks of about the root of the length, in a scan of scans, a key for each block."""

import math

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    inner = max(1, math.isqrt(num_steps))
    outer = -(-num_steps // inner)

    def step(x, e):
        return x + (mu - x) * (dt / tau) + sigma * (2 * dt / tau) ** 0.5 * e, x

    def block(x, key):
        return jax.lax.scan(step, x, jax.random.normal(key, (inner,)))

    return jax.lax.scan(block, x0, jax.random.split(key, outer))[1].ravel()[:num_steps]
