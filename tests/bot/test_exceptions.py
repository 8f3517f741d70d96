"""Who is responsible may depend on where one lives."""

import pytest

from bot.knowledge import Knowledge
from bot.records import LocalOverlay, Service

SOURCE = {"url": "https://www.example.se", "checked": "2026-11-01"}


def with_service(small: Knowledge, **changes) -> Knowledge:
    data = small.services["forskola"].model_dump() | changes
    services = dict(small.services) | {"forskola": Service.model_validate(data)}
    return small.model_copy(update={"services": services})


def exception(where, authority="forsakringskassan", **more):
    return {
        "where": where,
        "authority": authority,
        "level": "stat",
        "source": SOURCE,
        "confidence": "verified",
    } | more


def test_nothing_differs_without_an_exception(small):
    assert small.service_in("forskola", "0180") is small.services["forskola"]
    assert small.service_in("forskola", None) is small.services["forskola"]
    with pytest.raises(KeyError):
        small.service_in("daghem", "0180")


def test_an_exception_of_a_municipality_holds_there_only(small):
    known = with_service(small, exceptions=[exception(["0180", "0687"])])
    there = known.service_in("forskola", "0687")
    assert (there.authority, there.level, there.confidence) == (
        "forsakringskassan",
        "stat",
        "verified",
    )
    assert known.service_in("forskola", "0181") is known.services["forskola"]


def test_an_exception_of_a_region_holds_in_all_of_it_and_yields_to_a_municipalitys(small):
    both = [exception(["01"]), exception(["0180"], authority="skatteverket")]
    known = with_service(small, exceptions=both)
    assert known.service_in("forskola", "0181").authority == "forsakringskassan"
    assert known.service_in("forskola", "0180").authority == "skatteverket"
    assert known.service_in("forskola", "1480").authority == "kommun"


def test_steps_at_the_usual_body_move_to_the_one_here(small):
    steps = [{"do": "apply", "at": "kommun"}, {"do": "soon"}, {"do": "ask", "at": "skatteverket"}]
    known = with_service(small, steps=steps, exceptions=[exception(["01"])])
    here = known.service_in("forskola", "0180")
    assert [step.at for step in here.steps] == ["forsakringskassan", None, "skatteverket"]


def test_steps_of_the_exceptions_own_win(small):
    own = [{"do": "apply", "at": "kommun"}, {"do": "decides", "at": "forsakringskassan"}]
    known = with_service(
        small, steps=[{"do": "soon"}], exceptions=[exception(["01"], "kommun", steps=own)]
    )
    here = known.service_in("forskola", "0180")
    assert [step.do for step in here.steps] == ["apply", "decides"]


def test_pages_of_the_usual_body_are_not_shown_for_another(small):
    links = [{"kind": "info", "url": "https://kommun.example.se"}]
    known = with_service(small, links=links, exceptions=[exception(["01"])])
    assert known.service_in("forskola", "0180").links == ()
    same = with_service(small, links=links, exceptions=[exception(["01"], "kommun")])
    assert len(same.service_in("forskola", "0180").links) == 1


def test_an_overlay_goes_before_the_services_own_exceptions(small):
    overlay = LocalOverlay.model_validate(
        {
            "municipality": "0180",
            "exceptions": {
                "forskola": {"authority": "skatteverket", "level": "stat", "source": SOURCE}
            },
            "source": SOURCE,
            "confidence": "linked",
        }
    )
    known = with_service(small, exceptions=[exception(["0180"])])
    known = known.model_copy(update={"local": {"0180": overlay}})
    assert known.service_in("forskola", "0180").authority == "skatteverket"


def test_the_known_exceptions_of_the_country(knowledge):
    grave = "begravning_gravplats"
    assert knowledge.service_in(grave, "0180").authority == "kommun"
    assert knowledge.service_in(grave, "0687").authority == "kommun"
    assert knowledge.service_in(grave, "0181").authority == "svenska_kyrkan"
    travel = knowledge.service_in("fardtjanst", "0181").steps
    assert ("decides", "region") in [(step.do, step.at) for step in travel]
    elsewhere = knowledge.service_in("fardtjanst", "1480").steps
    assert ("decides", "kommun") in [(step.do, step.at) for step in elsewhere]
    assert knowledge.municipalities["0980"].full_name == knowledge.regions["09"].name
