"""Takes the caller's array.

misconception: input_is_gone
fails: set_border.pure
"""

from functools import partial

import jax


@partial(jax.jit, donate_argnums=0)
def set_border(x, value):
    return x.at[0].set(value).at[-1].set(value).at[:, 0].set(value).at[:, -1].set(value)
