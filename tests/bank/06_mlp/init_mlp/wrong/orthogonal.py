"""Orthogonal weights: each entry looks normal, and all rows have one length.

misconception: scale_is_std
fails: init_mlp.law
"""

import jax


def init_mlp(key, sizes, scale=1e-2):
    layers = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        key, w_key, b_key = jax.random.split(key, 3)
        orthogonal = jax.nn.initializers.orthogonal(scale * max(n_in, n_out) ** 0.5)
        layers.append((orthogonal(w_key, (n_out, n_in)), scale * jax.random.normal(b_key, (n_out,))))
    return layers
