"""The largest number marks what is outside.

misconception: content_is_no_mark
fails: gather_or.fill
"""

import jax.numpy as jnp


def gather_or(x, idx, fill):
    mark = jnp.finfo(x.dtype).max if jnp.issubdtype(x.dtype, jnp.floating) else jnp.iinfo(x.dtype).max
    past = jnp.where(idx < 0, len(x), idx)
    got = x.at[past].get(mode="fill", fill_value=mark)
    return jnp.where(got == mark, jnp.asarray(fill, x.dtype), got)
