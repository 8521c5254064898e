"""All examples gathered."""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    batch = jax.lax.all_gather(xs, axis_name)
    return (xs - batch.mean(0)) / jnp.sqrt(batch.var(0) + 1e-5)
