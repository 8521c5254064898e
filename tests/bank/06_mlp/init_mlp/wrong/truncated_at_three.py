"""A normal cut at three standard deviations.

misconception: scale_is_std
fails: init_mlp.law
"""

import jax


def init_mlp(key, sizes, scale=1e-2):
    draw = jax.nn.initializers.truncated_normal(scale, lower=-3.0, upper=3.0)
    layers = []
    for k, n_in, n_out in zip(jax.random.split(key, len(sizes) - 1), sizes[:-1], sizes[1:]):
        kw, kb = jax.random.split(k)
        layers.append((draw(kw, (n_out, n_in)), draw(kb, (n_out,))))
    return layers
