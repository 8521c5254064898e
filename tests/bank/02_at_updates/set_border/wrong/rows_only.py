"""The columns are forgotten.

misconception: all_of_the_frame
fails: set_border.values
"""


def set_border(x, value):
    return x.at[0].set(value).at[-1].set(value)
