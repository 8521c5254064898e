"""The answer below the placeholder, which was left.

misconception: placeholder_left
fails: gather_or.values
"""

import jax.numpy as jnp


def gather_or(x, idx, fill):
    raise NotImplementedError()  # your code here
    past_the_end = jnp.where(idx < 0, x.shape[0], idx)
    return x.at[past_the_end].get(mode="fill", fill_value=fill)
