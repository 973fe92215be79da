"""How many examples Hypothesis draws: a few by day, always the same; at night (`--nuit`), many, and new ones.

A test that could fail by day on an example that nobody drew before would stop a landing that has no part in it.
"""

from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
"""A slow machine is no fault of the code, nor is the size of a contract."""
SHARED = HealthCheck.function_scoped_fixture
"""For the test that puts back, after each example, what its fixtures made."""
DAY, NIGHT = "jour", "nuit"
TIMES = {DAY: 1, NIGHT: 10}

settings.register_profile(
    DAY, deadline=None, max_examples=40, derandomize=True, database=None, suppress_health_check=SLOW
)
settings.register_profile(
    NIGHT, deadline=None, max_examples=400, derandomize=False, print_blob=True, suppress_health_check=SLOW
)


def drawn(count: int) -> int:
    """So many draws by day, ten times as many at night."""
    return count * TIMES.get(settings.get_current_profile_name(), 1)


def few(count: int, *accepted: HealthCheck) -> settings:
    """Settings for examples that cost much: `count` by day, ten times as many at night."""
    return settings(max_examples=drawn(count), suppress_health_check=[*SLOW, *accepted])
