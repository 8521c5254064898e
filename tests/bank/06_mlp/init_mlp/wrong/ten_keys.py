"""Ten keys, enough for five layers: an index past the end gives the last key again.

misconception: one_key_many_arrays
fails: init_mlp.independent
"""

import jax


def init_mlp(key, sizes, scale=1e-2):
    keys = jax.random.split(key, 10)
    return [
        (scale * jax.random.normal(keys[2 * k], (o, i)), scale * jax.random.normal(keys[2 * k + 1], (o,)))
        for k, (i, o) in enumerate(zip(sizes, sizes[1:]))
    ]
