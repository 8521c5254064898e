"""Both without the first.

misconception: one_step_ahead
fails: teacher_forcing.values
"""


def teacher_forcing(clean, noisy):
    return noisy[:, 1:, None], clean[:, 1:, None]
