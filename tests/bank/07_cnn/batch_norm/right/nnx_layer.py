"""Flax's own layer, made and set in each call."""

import jax.numpy as jnp
from flax import nnx


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    norm = nnx.BatchNorm(x.shape[-1], momentum=momentum, epsilon=eps, use_fast_variance=False, rngs=nnx.Rngs(0))
    norm.scale, norm.bias = nnx.Param(jnp.asarray(gamma)), nnx.Param(jnp.asarray(beta))
    norm.mean, norm.var = nnx.BatchStat(jnp.asarray(stats["mean"])), nnx.BatchStat(jnp.asarray(stats["var"]))
    y = norm(x, use_running_average=not training)
    return y, {"mean": norm.mean[...], "var": norm.var[...]}
