"""Reading a file of a calendar: as Google, Outlook and Thunderbird write it, and as nobody should."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenir.activite.agenda import evenement, jours, lecture
from tenir.activite.agenda.lecture import OCCURRENCES, Lecture
from tenir.activite.agenda.lecture import read as read_file
from tenir.activite.agenda.texte import EVENEMENTS, OCTETS, AgendaIllisible
from tests.activite.agendas import DEPUIS, GOOGLE, JUSQUA, OUTLOOK, PARIS, THUNDERBIRD, calendar, event


def read(content: bytes, fuseau: str = PARIS) -> Lecture:
    return read_file(content, fuseau, DEPUIS, JUSQUA)


def days(found: Lecture) -> list[str]:
    return [one.le for one in found.occurrences]


def why(found: Lecture) -> list[str]:
    return [one.raison for one in found.expliques]


def test_google_a_series_its_exception_its_moved_day_its_cancelled_day() -> None:
    found = read(GOOGLE)
    assert found.lus == 3
    assert days(found) == ["2026-03-03", "2026-03-10", "2026-03-17", "2026-04-01", "2026-04-14"]
    first, moved = found.occurrences[0], found.occurrences[3]
    assert (first.heure, first.minutes, first.lieu) == ("14:00", 150, "Maison des habitants, 3 place du Marché")
    assert (moved.heure, moved.minutes) == ("10:00", 90)
    assert [(one.le, one.raison) for one in found.expliques] == [("2026-04-07", lecture.ANNULE)]


@pytest.mark.parametrize("name", ["Zéphyrine", "Oscar", "exemple.test", "dossier", "Fictions"])
def test_nobody_who_is_invited_and_nothing_that_is_described_is_read(name: str) -> None:
    assert name not in str(read(GOOGLE))


def test_outlook_its_names_of_zones_and_what_is_private() -> None:
    found = read(OUTLOOK)
    (one,) = found.occurrences
    assert (one.titre, one.le, one.heure, one.minutes) == ("Réunion de réseau", "2026-03-18", "23:30", 60)
    assert why(found) == [lecture.PRIVE]
    (there,) = read(OUTLOOK, "Indian/Reunion").occurrences
    assert (there.le, there.heure) == ("2026-03-19", "02:30")


def test_thunderbird_whole_days_months_and_what_is_no_event() -> None:
    found = read(THUNDERBIRD)
    told = [(one.titre, one.le, one.heure, one.minutes) for one in found.occurrences]
    assert told == [
        ("Commission", "2026-03-12", "09:00", 90),
        ("Portes ouvertes", "2026-03-28", "", None),
        ("Commission", "2026-04-09", "09:00", 90),
    ]
    assert why(found) == [evenement.LONG]
    assert any("tâches" in one for one in found.remarques)


def test_a_day_keeps_its_key_when_it_moves_and_each_day_of_a_series_has_its_own() -> None:
    (before,) = read(calendar(event("a@x"))).occurrences
    (after,) = read(calendar(event("a@x", "DTSTART:20260319T090000Z"))).occurrences
    assert (before.cle, before.le) == (after.cle, "2026-03-17")
    assert after.le == "2026-03-19"
    keys = Counter(one.cle for one in read(GOOGLE).occurrences)
    assert set(keys.values()) == {1}


def test_of_two_versions_of_one_event_the_latest_is_kept() -> None:
    two = calendar(
        event("a@x", "DTSTART:20260318T090000Z", "SEQUENCE:3"), event("a@x", "DTSTART:20260317T090000Z", "SEQUENCE:1")
    )
    found = read(two)
    assert (days(found), why(found)) == (["2026-03-18"], [lecture.REPETE])


def test_the_hours_that_say_no_zone_are_those_of_the_file_then_of_the_contract() -> None:
    floating = event("a@x", "DTSTART:20260317T230000")
    assert read(calendar(floating), "Pacific/Noumea").occurrences[0].heure == "23:00"
    there = calendar(floating, head=("X-WR-TIMEZONE:Europe/Paris",))
    assert (read(there, "Pacific/Noumea").occurrences[0].le) == "2026-03-18"


@pytest.mark.parametrize("tzid", ['"(UTC+01:00) Bruxelles, Copenhague"', "../../etc/passwd", "Europe", "Nope/Nulle"])
def test_a_zone_that_nobody_knows_is_read_at_the_hour_of_the_contract_and_said(tzid: str) -> None:
    found = read(calendar(event("a@x", f"DTSTART;TZID={tzid}:20260317T140000")))
    assert found.occurrences[0].heure == "14:00"
    assert "inconnu" in found.remarques[0]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["DTSTART:garbage"], evenement.SANS_DATE),
        (["DTSTART:20261345T990000"], evenement.SANS_DATE),
        (["DTSTART:00010101T000000Z"], lecture.HORS),
        (["DTSTART:99991231T235959Z"], evenement.SANS_DATE),
        (["DTSTART;VALUE=DATE:20260317", "DTSTART;VALUE=DATE:20260318"], evenement.SANS_DATE),
        (["DTSTART:20260317T140000Z", "DURATION:P9999999999W"], evenement.SANS_DATE),
        (["DTSTART:20260317T140000Z", "DURATION:P3D"], evenement.LONG),
        (["DTSTART:20200101T140000Z"], lecture.HORS),
        (["DTSTART:20260317T140000Z", "RRULE:FREQ=SECONDLY"], jours.SOUVENT),
        (["DTSTART:20260317T140000Z", "RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2"], jours.SOUVENT),
        (["DTSTART:20260317T140000Z", "RRULE:FREQ=DAILY;INTERVAL=0"], jours.AUTREMENT),
        (["DTSTART:20260317T140000Z", "RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=WE"], jours.AUTREMENT),
        (["DTSTART:20260317T140000Z", "RRULE:FREQ=YEARLY;BYWEEKNO=60"], jours.AUTREMENT),
        (["DTSTART:19500317T140000Z", "RRULE:FREQ=DAILY"], jours.ANCIEN),
        (["DTSTART:20260317T140000Z", "RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY"], "il a plusieurs rythmes"),
        (["DTSTART:20260317T140000Z", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"], lecture.HORS),
        (["DTSTART:20260317T140000Z", f"RRULE:FREQ=YEARLY;BYMONTHDAY={'1,' * 300}1"], jours.AUTREMENT),
        (["DTSTART:20260317T140000Z", f"EXDATE:{'20260317T140000Z,' * 2_000}20260317T140000Z"], evenement.COUPE),
        (["DTSTART:20260317T140000Z", "EXDATE:garbage"], evenement.SANS_DATE),
        (["DTSTART:20260317T140000Z", "RECURRENCE-ID:garbage"], evenement.SANS_DATE),
        (["DTSTART:20260317T140000Z", "SEQUENCE:many"], evenement.SANS_DATE),
    ],
)
def test_what_cannot_be_read_is_explained_and_the_rest_is_kept(lines: list[str], said: str) -> None:
    found = read(calendar(event("wrong@x", *lines), event("right@x", titre="Juste")))
    assert (why(found), [one.titre for one in found.occurrences]) == ([said], ["Juste"])
    assert found.expliques[0].titre in ("Café du mardi", "")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", ["2026-03-17", "2026-03-18", "2026-03-19"]),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20260331", ["2026-03-17", "2026-03-31"]),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1;COUNT=2", ["2026-03-31", "2026-04-28"]),
        ("FREQ=WEEKLY;INTERVAL=1000000;COUNT=1000000000", ["2026-03-17"]),
    ],
)
def test_plain_rules_are_walked_within_the_window(rule: str, expected: list[str]) -> None:
    assert days(read(calendar(event("a@x", "DTSTART:20260317T130000Z", f"RRULE:{rule}")))) == expected


def test_a_file_full_of_rules_that_fall_on_no_day_is_refused_in_time() -> None:
    idle = "RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9"
    with pytest.raises(AgendaIllisible, match="trop longs"):
        read(calendar(*(event(f"{rank}@x", "DTSTART:20260317T130000Z", idle) for rank in range(60))))


def test_days_that_are_added_and_days_of_a_period_are_read() -> None:
    added = event(
        "a@x", "DTSTART:20260317T130000Z", "RDATE;VALUE=PERIOD:20260320T130000Z/PT1H", "RDATE:20260325T130000Z"
    )
    assert days(read(calendar(added))) == ["2026-03-17", "2026-03-20", "2026-03-25"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "n’est pas un agenda"),
        (b"Titre;Date\r\nCaf\xe9;12", "n’est pas un agenda"),
        (b"PK\x03\x04\0\0", "n’est pas du texte"),
        (b"%PDF-1.7", "n’est pas un agenda"),
        (calendar(), "aucun événement"),
        (b"x" * (OCTETS + 1), "dépasse 2 Mo"),
        (calendar(*["BEGIN:VEVENT\r\nEND:VEVENT"] * 50_000), f"plus de {EVENEMENTS}"),
        (calendar(*["BEGIN:VEVENT"] * 50_000), f"plus de {EVENEMENTS}"),
        (calendar(event("a@x", "DTSTART:20250317T130000Z", "RRULE:FREQ=DAILY", "")) * 8, "dans la période lue"),
    ],
)
def test_what_is_no_calendar_or_too_much_of_one_is_refused(content: bytes, said: str) -> None:
    many = content if content.count(b"BEGIN:VCALENDAR") < 2 else _daily(OCCURRENCES // 50)
    with pytest.raises(AgendaIllisible, match=said):
        read(many)


def _daily(count: int) -> bytes:
    return calendar(*(event(f"{rank}@x", "DTSTART:20250317T130000Z", "RRULE:FREQ=DAILY") for rank in range(count)))


def test_a_file_cut_in_the_middle_keeps_what_is_whole_and_says_so() -> None:
    whole = calendar(event("a@x", titre="Entier"), event("b@x", titre="Coupé"))
    found = read(whole[: whole.index(b"SUMMARY:Coup")])
    assert ([one.titre for one in found.occurrences], why(found)) == (["Entier"], [evenement.COUPE])


def test_an_event_that_does_not_end_hides_no_other() -> None:
    found = read(calendar("BEGIN:VEVENT\r\nUID:open", event("b@x")))
    assert (len(found.occurrences), why(found)) == (1, [evenement.COUPE])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_accents_are_read_whatever_wrote_them(encoding: str) -> None:
    written = calendar(event("a@x", titre="Réunion d’été")).decode().encode(encoding)
    assert read(written).occurrences[0].titre == "Réunion d’été"


def test_a_letter_that_a_fold_cuts_in_two_is_read() -> None:
    cut = calendar(event("a@x", titre="Café")).replace("é".encode(), b"\xc3\r\n \xa9")
    assert read(cut).occurrences[0].titre == "Café"


def test_a_title_is_one_line_without_signs_that_do_not_show() -> None:
    (one,) = read(calendar(event("a@x", titre="Café\\nbleu\\, vert\x08 👩‍🌾" + "x" * 500))).occurrences
    assert one.titre.startswith("Café bleu, vert 👩‍🌾x")
    assert len(one.titre) == evenement.TITRE


def test_what_tenir_gave_is_not_brought_in_again() -> None:
    assert why(read(calendar(event("serie-1-20260317.vallon@tenir")))) == [lecture.NOTRE]


def test_what_is_read_is_kept_between_two_pages_as_it_is() -> None:
    found = read(GOOGLE)
    assert Lecture.from_json(found.to_json()) == found
    assert all(date.fromisoformat(one.le) == one.jour for one in found.occurrences)


@given(st.binary(max_size=400))
def test_no_file_breaks_reading(content: bytes) -> None:
    for given_ in (
        content,
        calendar().replace(b"END:VCALENDAR", content),
        calendar(event("a@x")).replace(b"\r", content),
    ):
        try:
            found = read(given_)
        except AgendaIllisible:
            continue
        assert len(found.occurrences) + len(found.expliques) >= 0


LINES = st.sampled_from(
    [
        *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "BEGIN:VALARM", "END:VALARM"),
        *("BEGIN:VCALENDAR", "BEGIN:", "UID:a", "UID:b", "SUMMARY:Café", "RRULE:FREQ=DAILY;COUNT=2"),
        *(
            "RRULE:FREQ=WEEKLY;BYDAY=XX",
            "DTSTART:20260317T130000Z",
            "DTSTART;VALUE=DATE:20260317",
            "DTEND:20260317T140000",
        ),
        *(
            "DTSTART;TZID=Nope:20260317T130000",
            "EXDATE:20260317",
            "RDATE:20260318",
            "RECURRENCE-ID:20260317",
            "STATUS:CANCELLED",
        ),
        *("DTEND;VALUE=DATE:20260318", "DURATION:-PT1H", "SEQUENCE:-1", "RRULE:", "UID:", "DTSTART:", "CLASS:PRIVATE"),
    ]
)


@given(st.lists(LINES, max_size=40))
def test_every_event_is_kept_or_explained_whatever_its_lines(lines: list[str]) -> None:
    found = read("\r\n".join(["BEGIN:VCALENDAR", *lines, event("last@x", titre="Dernier")]).encode())
    told = [*(one.titre for one in found.occurrences), *(one.titre for one in found.expliques)]
    assert len(told) >= 1
    assert "Dernier" in told
