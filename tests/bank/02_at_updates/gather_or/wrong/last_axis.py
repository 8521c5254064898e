"""Reads along the last axis.

misconception: reads_columns
fails: gather_or.values
"""

import jax.numpy as jnp


def gather_or(x, idx, fill):
    past_the_end = jnp.where(idx < 0, x.shape[-1], idx)
    return x.at[..., past_the_end].get(mode="fill", fill_value=fill)
