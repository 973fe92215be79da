"""A run of tests that passes midnight stays in its day."""

from datetime import UTC, datetime, timedelta

from tests.jour import held_before, midnight_after

EVENING = datetime(2026, 11, 30, 22, 49, 58, tzinfo=UTC)
"""Ten minutes and a bit before midnight in Paris."""


def test_midnight_is_that_of_the_site() -> None:
    assert midnight_after(EVENING) == datetime(2026, 11, 30, 23, 0, tzinfo=UTC)


def test_before_its_last_minutes_the_clock_is_the_real_one_then_it_stays_in_the_day_and_goes_forward() -> None:
    moments = [EVENING + timedelta(seconds=one) for one in (0, 1, 2, 3, 4, 3600, 3601, 80_000)]
    given = iter(moments)
    now = held_before(midnight_after(EVENING), lambda: next(given))
    told = [now() for _ in moments]
    assert told[:2] == moments[:2]
    assert told == sorted(set(told))
    assert all(one < midnight_after(EVENING) for one in told)
    assert all(one.tzinfo is UTC for one in told)
