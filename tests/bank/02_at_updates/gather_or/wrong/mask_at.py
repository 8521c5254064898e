"""Read, then overwrite by a mask of rows.

misconception: boolean_mask_under_jit
fails: gather_or.jit
"""


def gather_or(x, idx, fill):
    outside = (idx < 0) | (idx >= x.shape[0])
    return x[idx].at[outside].set(fill)
