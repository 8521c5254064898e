"""The key of a step is made of a random seed below a million: two of ten thousand steps draw the same.

misconception: steps_run_together
fails: noise_at.any_step
"""

import jax


def noise_at(key, step, shape):
    seed = jax.random.randint(jax.random.fold_in(key, step), (), 0, 1_000_000)
    return jax.random.normal(jax.random.key(seed), shape)
