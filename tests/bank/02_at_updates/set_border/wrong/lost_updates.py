"""Each update starts from the old array.

misconception: result_thrown_away
fails: set_border.values
"""


def set_border(x, value):
    x.at[0].set(value)
    x.at[-1].set(value)
    x.at[:, 0].set(value)
    return x.at[:, -1].set(value)
