"""The value is a number.

misconception: concrete_value_needed
fails: set_border.jit
"""


def set_border(x, value):
    value = float(value)
    return x.at[0].set(value).at[-1].set(value).at[:, 0].set(value).at[:, -1].set(value)
