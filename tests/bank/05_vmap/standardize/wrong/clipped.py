"""Cut off at five standard deviations.

misconception: root_of_the_variance
fails: standardize.extremes
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    d = xs - jax.lax.pmean(xs, axis_name)
    return jnp.clip(d / jnp.sqrt(jax.lax.pmean(d * d, axis_name) + 1e-5), -5, 5)
