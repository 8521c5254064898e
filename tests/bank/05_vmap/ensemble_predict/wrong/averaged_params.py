"""The prediction of the mean parameters, for every model.

misconception: one_answer_a_model
fails: ensemble_predict.values
"""

import jax
import jax.numpy as jnp


def ensemble_predict(predict, stacked, x):
    mean = jax.tree.map(lambda leaf: jnp.broadcast_to(leaf.mean(0), leaf.shape), stacked)
    return jax.vmap(predict, (0, None))(mean, x)
