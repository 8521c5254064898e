"""Dicts, lists and tuples are walked by hand; a NamedTuple or a dataclass is none.

misconception: predict_is_for_one
fails: ensemble_predict.shared
"""

import jax
import jax.numpy as jnp


def pick(tree, i):
    if isinstance(tree, dict):
        return {k: pick(v, i) for k, v in tree.items()}
    if isinstance(tree, tuple):
        return tuple(pick(v, i) for v in tree)
    if isinstance(tree, list):
        return [pick(v, i) for v in tree]
    return tree[i]


def models(tree):
    while isinstance(tree, (dict, tuple, list)):
        tree = next(iter(tree.values())) if isinstance(tree, dict) else tree[0]
    return len(tree)


def ensemble_predict(predict, stacked, x):
    return jax.vmap(lambda i: predict(pick(stacked, i), x))(jnp.arange(models(stacked)))
