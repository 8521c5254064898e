"""x mapped too where it is as long as there are models.

misconception: x_is_shared
fails: ensemble_predict.shared
"""

import jax
import jax.numpy as jnp


def ensemble_predict(predict, stacked, x):
    models = jax.tree.leaves(stacked)[0].shape[0]
    fits = jnp.ndim(x) > 1 and x.shape[0] == models
    return jax.vmap(predict, in_axes=(0, 0 if fits else None))(stacked, x)
