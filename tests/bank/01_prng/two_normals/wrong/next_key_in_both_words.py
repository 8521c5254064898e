"""1 is added to the key's numbers, to both of them.

misconception: key_ignored
fails: two_normals.law
"""

import jax


def two_normals(key, shape):
    other = jax.random.wrap_key_data(jax.random.key_data(key) + 1)
    return jax.random.normal(key, shape), jax.random.normal(other, shape)
