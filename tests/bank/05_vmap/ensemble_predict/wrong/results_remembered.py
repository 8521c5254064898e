"""The predictions of a function are kept from its first call, unless they are traced.

misconception: kept_results
fails: ensemble_predict.values
"""

import jax

known = {}


def ensemble_predict(predict, stacked, x):
    answers = jax.vmap(predict, in_axes=(0, None))(stacked, x)
    if isinstance(x, jax.core.Tracer):
        return answers
    return known.setdefault((predict, x.shape), answers)
