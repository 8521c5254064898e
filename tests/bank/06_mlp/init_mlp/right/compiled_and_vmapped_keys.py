"""A table of keys; lists for pairs."""

import jax


def init_mlp(key, sizes, scale=1e-2):
    pairs = jax.vmap(lambda k: jax.random.split(k, 2))(jax.random.split(key, len(sizes) - 1))
    return [
        [
            scale * jax.random.normal(pairs[n, 0], (sizes[n + 1], sizes[n])),
            scale * jax.random.normal(pairs[n, 1], (sizes[n + 1],)),
        ]
        for n in range(len(sizes) - 1)
    ]
