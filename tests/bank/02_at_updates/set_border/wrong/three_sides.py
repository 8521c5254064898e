"""The last column is taken for len(x).

misconception: all_of_the_frame
fails: set_border.values
"""


def set_border(x, value):
    return x.at[0].set(value).at[-1].set(value).at[:, 0].set(value).at[:, x.shape[0] - 1].set(value)
