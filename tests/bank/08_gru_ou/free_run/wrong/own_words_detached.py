"""No gradient through what the model hears of itself.

misconception: not_transformable
fails: free_run.trace
"""

from jax import lax


def free_run(step, state, warmup, num_steps):
    state, outputs = lax.scan(step, state, warmup)

    def again(carry, _):
        state, y = carry
        return step(state, lax.stop_gradient(y)), y

    return lax.scan(again, (state, outputs[-1]), None, length=num_steps)[1]
