"""jax.nn.initializers and fold_in."""

import jax


def init_mlp(key, sizes, scale=1e-2):
    draw = jax.nn.initializers.normal(scale)
    fold = jax.random.fold_in
    return [
        (draw(fold(key, 2 * k), (o, i)), draw(fold(key, 2 * k + 1), (o,)))
        for k, (i, o) in enumerate(zip(sizes[:-1], sizes[1:]))
    ]
