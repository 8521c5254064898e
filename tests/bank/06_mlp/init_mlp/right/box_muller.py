"""Two uniforms make a normal."""

import jax
import jax.numpy as jnp


def normal(key, shape):
    radius, angle = jax.random.split(key)
    u = 1 - jax.random.uniform(radius, shape)
    return jnp.sqrt(-2 * jnp.log(u)) * jnp.cos(2 * jnp.pi * jax.random.uniform(angle, shape))


def init_mlp(key, sizes, scale=1e-2):
    keys = iter(jax.random.split(key, 2 * len(sizes)))
    return [
        (scale * normal(next(keys), (n_out, n_in)), scale * normal(next(keys), (n_out,)))
        for n_in, n_out in zip(sizes[:-1], sizes[1:], strict=True)
    ]
