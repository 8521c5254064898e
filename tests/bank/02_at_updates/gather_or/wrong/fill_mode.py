"""mode=fill wraps negative indices first.

misconception: negative_index_wraps
fails: gather_or.negative
"""


def gather_or(x, idx, fill):
    return x.at[idx].get(mode="fill", fill_value=fill)
