"""n - 1, at least 1.

misconception: divided_by_n_minus_one
fails: standardize.values
"""

import jax


def standardize(xs, axis_name):
    n = jax.lax.psum(1, axis_name)
    centred = xs - jax.lax.pmean(xs, axis_name)
    return centred * jax.lax.rsqrt(jax.lax.psum(centred**2, axis_name) / max(n - 1, 1) + 1e-5)
