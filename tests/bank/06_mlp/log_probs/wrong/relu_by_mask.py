"""ReLU by a masked assignment, which works as long as nobody traces it.

misconception: boolean_mask_under_jit
fails: log_probs.trace
"""

import jax


def log_probs(params, x):
    for W, b in params[:-1]:
        x = W @ x + b
        x = x.at[x < 0].set(0)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])
