"""Targets are differences.

misconception: training_pairs
fails: teacher_forcing.values
"""


def teacher_forcing(clean, noisy):
    return noisy[:, :-1, None], (clean[:, 1:] - clean[:, :-1])[..., None]
