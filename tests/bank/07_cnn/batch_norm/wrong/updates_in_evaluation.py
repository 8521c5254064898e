"""Evaluation moves the averages.

misconception: batch_in_evaluation
fails: batch_norm.values
"""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    batch = {"mean": x.mean((0, 1, 2)), "var": x.var((0, 1, 2))}
    new = {k: momentum * stats[k] + (1 - momentum) * batch[k] for k in stats}
    used = batch if training else stats
    return (x - used["mean"]) / jnp.sqrt(used["var"] + eps) * gamma + beta, new
