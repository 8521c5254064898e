"""Flax' initializers and its stream of keys."""

import jax
from flax import nnx


def init_gru(key, in_dim, hidden):
    rngs = nnx.Rngs(params=key)
    xavier, normal = nnx.initializers.xavier_normal(), nnx.initializers.normal(stddev=1e-2)
    out = dict()
    for gate in "zrh":
        out[f"W{gate}"] = xavier(rngs.params(), (in_dim, hidden))
        out[f"U{gate}"] = xavier(rngs.params(), (hidden, hidden))
        out[f"b{gate}"] = normal(rngs.params(), (hidden,))
    return out
