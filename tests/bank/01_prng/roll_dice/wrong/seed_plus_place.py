"""Each roll from a key of seed + place, so that neighbouring seeds share nearly all their rolls.

misconception: seed_plus_step
fails: roll_dice.law
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    seeds = jax.random.key_data(key)[..., -1] + jnp.arange(n, dtype=jnp.uint32)
    return jax.vmap(lambda seed: jax.random.randint(jax.random.key(seed), (), 1, 7))(seeds)
