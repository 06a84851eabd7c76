"""The page that asks who is who: pairs with reasons, answers that join and split, and names that stay text."""

from __future__ import annotations

from contact_logs import HOSTILE_NAMES
from streamlit.testing.v1 import AppTest
from test_views import html, labels, opened, sound, uploaded

HEAD = "candidate,candidate_email,candidate_phone,client,route,interviewer,at,ended_at,sender,receiver,channel,kind\n"
CRM = HEAD + (
    "Ana Diaz,ana.diaz@example.com,,Acme,direct,Dana Osei,2026-03-03 10:00,2026-03-03 11:00,client,candidate,"
    "in_person,interview\n"
    "Ben Ito,ben@example.com,,Acme,direct,Dana Osei,2026-03-04 10:00,2026-03-04 11:00,client,candidate,"
    "in_person,interview\n"
)
MAILBOX = HEAD + (
    "Ana Dias,anadiaz@mail.example,,Acme,direct,Dana Osei,2026-03-12 09:30,,candidate,client,email,follow_up\n"
    "B. Ito,ben@example.com,,Acme,direct,Dana Osei,2026-03-12 10:00,,candidate,client,email,follow_up\n"
)


def asked() -> AppTest:
    """The People page with two files that may hold one candidate twice."""
    return sound(uploaded(("crm.csv", CRM), ("mailbox.csv", MAILBOX)).switch_page("views/people.py").run())


def press(at: AppTest, label: str) -> AppTest:
    """The page after the first button of that name was pressed."""
    return sound(next(b for b in at.button if b.label == label).click().run())


def caseload(at: AppTest) -> list[str]:
    """Names on the caseload."""
    at.switch_page("views/caseload.py").run()
    names = [str(n) for n in sound(at).dataframe[0].value["candidate"]]
    at.switch_page("views/people.py").run()
    return names


def test_a_pair_stands_with_its_reasons_and_both_peoples_records() -> None:
    at = asked()
    shown = html(at)
    assert "1 pair among 3 candidates, 1 of them likely" in shown
    assert "same name before the @: anadiaz@mail.example, ana.diaz@example.com" in shown
    for part in ("Ana Diaz", "Ana Dias", "crm.csv", "mailbox.csv", "12 Mar 2026"):
        assert part in shown
    assert {"Same person", "Different people", "Not now"} <= set(labels(at))


def test_the_same_person_is_one_candidate_and_split_two_again() -> None:
    at = asked()
    assert caseload(at) == ["Ana Dias", "Ana Diaz", "Ben Ito"]
    at = press(at, "Same person")
    assert "You joined" in html(at)
    assert len(caseload(at)) == 2
    at = press(at, "Split")
    assert caseload(at) == ["Ana Dias", "Ana Diaz", "Ben Ito"]
    assert "Kept apart" in html(at)
    assert "Same person" not in labels(at)
    at = press(at, "Ask again")
    assert "Same person" in labels(at)


def test_a_pair_left_for_later_stays_on_the_page_and_says_so() -> None:
    at = press(asked(), "Not now")
    assert "left for later" in html(at)
    assert "Not now" not in labels(at)
    assert "Same person" in labels(at)


def test_a_link_that_an_address_made_can_be_split_too() -> None:
    at = press(asked(), "Split off")
    assert caseload(at) == ["Ana Dias", "Ana Diaz", "B. Ito", "Ben Ito"]


def test_a_link_by_name_alone_is_flagged_until_somebody_says_that_it_is_one_person() -> None:
    other = HEAD + "Ben Ito,,,Borealis,direct,Kim Ray,2026-03-20 10:00,,client,candidate,in_person,interview\n"
    at = uploaded(("crm.csv", CRM), ("desk.csv", other)).switch_page("views/people.py").run()
    assert "Records were joined by name alone: please check" in html(sound(at))
    at = press(at, "It is one person")
    assert "Records were joined by name alone: please check" not in html(at)
    assert caseload(at) == ["Ana Diaz", "Ben Ito"]


def test_without_files_and_without_pairs_the_page_says_what_would_fill_it() -> None:
    at = opened().switch_page("views/upload.py").run()
    at = sound(next(b for b in at.button if b.label == "Remove all files").click().run())
    assert "Once two exports are there" in html(sound(at.switch_page("views/people.py").run()))
    at = uploaded(("crm.csv", CRM)).switch_page("views/people.py").run()
    assert "Nothing to decide: of 2 candidates none looks like another." in html(sound(at))
    assert "No candidate is recorded in two ways yet." in html(at)


def test_hostile_names_stay_text_on_both_sides() -> None:
    def row(name: str, mail: str) -> str:
        quoted = '"' + name.replace('"', '""') + '"'
        return f"{quoted},{mail},,Acme,direct,Kim,2026-03-03 10:00,,client,candidate,in_person,interview\n"

    text = HEAD + "".join(
        row(name, f"n{n}.same@{place}.example") for n, name in enumerate(HOSTILE_NAMES) for place in ("a", "b")
    )
    at = sound(uploaded(("hostile.csv", text)).switch_page("views/people.py").run())
    shown = html(at)
    assert shown.count("likely match") == len(HOSTILE_NAMES)
    assert "<img" not in shown
    assert 'href="https://evil' not in shown
    assert not at.markdown
