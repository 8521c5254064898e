"""A Python loop over the channels.

misconception: unrolled_positions
fails: batch_norm.trace
"""

import jax.numpy as jnp


def batch_norm(x, gamma, beta, stats, training, momentum=0.9, eps=1e-5):
    ys, means, variances = [], [], []
    for c in range(x.shape[3]):
        mean, var = (x[..., c].mean(), x[..., c].var()) if training else (stats["mean"][c], stats["var"][c])
        ys.append((x[..., c] - mean) / jnp.sqrt(var + eps) * gamma[c] + beta[c])
        means.append(mean)
        variances.append(var)
    if not training:
        return jnp.stack(ys, -1), stats
    new = {"mean": jnp.stack(means), "var": jnp.stack(variances)}
    return jnp.stack(ys, -1), {k: momentum * stats[k] + (1 - momentum) * new[k] for k in new}
