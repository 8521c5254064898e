"""A player of this process that counts what it is asked."""

from autograder.player import LocalPlayer


class Counted(LocalPlayer):
    """Counts in `asked`."""

    asked = 0

    def reply(self, program, args, kwargs):
        """Count, and reply."""
        self.asked += 1
        return super().reply(program, args, kwargs)
