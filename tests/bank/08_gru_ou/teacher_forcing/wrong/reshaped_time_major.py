"""Shape right by reshape, order wrong.

misconception: one_step_ahead
fails: teacher_forcing.values
"""


def teacher_forcing(clean, noisy):
    batch, steps = clean.shape
    return noisy.T[:-1].reshape(batch, steps - 1, 1), clean.T[1:].reshape(batch, steps - 1, 1)
