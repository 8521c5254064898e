"""Odd steps get the noise of the even step before, negated.

misconception: step_ignored
fails: noise_at.law
"""

import jax


def noise_at(key, step, shape):
    return jax.random.normal(jax.random.fold_in(key, step // 2), shape) * (1.0 - 2.0 * (step % 2))
