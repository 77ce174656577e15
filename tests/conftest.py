"""What all tests share."""

from hypothesis import settings

# No test is timed: another process on the same cores must not make one fail.
settings.register_profile("mikrogrow", deadline=None)
settings.load_profile("mikrogrow")
