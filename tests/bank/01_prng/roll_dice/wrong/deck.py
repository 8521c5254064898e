"""A shuffled deck: each face as often.

misconception: a_deck_not_dice
fails: roll_dice.law
"""

import jax
import jax.numpy as jnp


def roll_dice(key, n):
    deck = jnp.tile(jnp.arange(1, 7), -(-n // 6))
    return jax.random.permutation(key, deck)[:n]
