"""In a scan, the key is drawn from and then split.

misconception: one_key_two_draws
fails: two_normals.keys
"""

import jax


def two_normals(key, shape):
    def draw(key, _):
        x = jax.random.normal(key, shape)
        return jax.random.split(key)[0], x

    _, (a, b) = jax.lax.scan(draw, key, length=2)
    return a, b
