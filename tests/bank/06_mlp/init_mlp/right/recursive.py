"""The first layer, then the rest."""

import jax


def init_mlp(key, sizes, scale=1e-2):
    if len(sizes) < 2:
        return []
    (n_in, n_out), (first, second, rest) = sizes[:2], jax.random.split(key, 3)
    layer = (scale * jax.random.normal(first, (n_in, n_out)).T, scale * jax.random.normal(second, (n_out,)))
    return [layer, *init_mlp(rest, sizes[1:], scale)]
