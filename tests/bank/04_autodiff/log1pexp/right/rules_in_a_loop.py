"""Two functions with each other as rules, attached in a loop."""

import jax


@jax.custom_jvp
def log1pexp(x):
    return -jax.nn.log_sigmoid(-x)


@jax.custom_jvp
def slope(x):
    return jax.nn.sigmoid(x)


for function, rule in (
    (log1pexp, lambda p, t: (log1pexp(*p), slope(*p) * t[0])),
    (slope, lambda p, t: (slope(*p), slope(*p) * slope(-p[0]) * t[0])),
):
    function.defjvp(rule)
