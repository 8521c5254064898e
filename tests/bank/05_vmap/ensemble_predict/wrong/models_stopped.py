"""The parameters taken for constants.

misconception: gradient_cut
fails: ensemble_predict.trace
"""

import jax


def ensemble_predict(predict, stacked, x):
    return jax.vmap(predict, in_axes=(0, None))(jax.lax.stop_gradient(stacked), x)
