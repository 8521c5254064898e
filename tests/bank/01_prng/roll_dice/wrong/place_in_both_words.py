"""The roll's place is added to both numbers of the key.

misconception: seed_plus_step
fails: roll_dice.law
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    data = jax.random.key_data(key) + jnp.arange(n, dtype=jnp.uint32)[:, None]
    return jax.vmap(lambda key: jax.random.randint(key, (), 1, 7))(jax.random.wrap_key_data(data))
