"""An OrderedDict is a dict."""

from collections import OrderedDict

import jax


def init_gru(key, in_dim, hidden):
    k = jax.random.split(key, 9)
    w = jax.nn.initializers.variance_scaling(1.0, "fan_avg", "normal")
    p = OrderedDict()
    for i, g in enumerate("zrh"):
        p["W" + g] = w(k[3 * i], (in_dim, hidden))
        p["U" + g] = w(k[3 * i + 1], (hidden, hidden))
        p["b" + g] = jax.random.normal(k[3 * i + 2], (hidden,)) * 0.01
    return p
