"""Seeds counted up from the key's own number.

misconception: keys_are_split
fails: init_mlp.fresh
"""

import itertools

import jax


def init_mlp(key, sizes, scale=1e-2):
    seeds = itertools.count(int(jax.random.key_data(key)[-1]))

    def draw(*shape):
        return scale * jax.random.normal(jax.random.key(next(seeds)), shape)

    return [(draw(n_out, n_in), draw(n_out)) for n_in, n_out in itertools.pairwise(sizes)]
