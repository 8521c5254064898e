"""The step modulo a million: the noise comes again.

misconception: steps_run_together
fails: noise_at.any_step
"""

import jax


def noise_at(key, step, shape):
    return jax.random.normal(jax.random.fold_in(key, step % 1_000_000), shape)
