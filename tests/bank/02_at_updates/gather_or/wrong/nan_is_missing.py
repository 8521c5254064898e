"""What comes back as NaN is taken for outside, and so is a NaN of x.

misconception: content_is_no_mark
fails: gather_or.fill
"""

import jax.numpy as jnp


def gather_or(x, idx, fill):
    rows = x.at[jnp.where(idx < 0, len(x), idx)].get(mode="fill")
    outside = jnp.isnan(rows) if jnp.issubdtype(x.dtype, jnp.floating) else rows == jnp.iinfo(x.dtype).min
    return jnp.where(outside, fill, rows)
