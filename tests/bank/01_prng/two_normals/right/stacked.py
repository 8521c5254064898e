"""One array whose two parts unpack."""

import jax


def two_normals(key, shape):
    return jax.random.normal(key, (2, *shape))
