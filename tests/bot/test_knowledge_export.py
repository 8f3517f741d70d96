"""The export is CPSV-AP 3.2 as its specification demands, and schema.org."""

import json

import pytest
from pyshacl import validate
from rdflib import RDF, Graph, Namespace, URIRef

from bot.knowledge_export import export
from bot.settings import ROOT

# rdflib warns about a class of its own that its JSON-LD reader uses.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
SHAPES = ROOT / "tests" / "data" / "cpsv_ap_shapes.ttl"
CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
DCT = Namespace("http://purl.org/dc/terms/")
SCHEMA = Namespace("https://schema.org/")


def graph_of(document) -> Graph:
    return Graph().parse(data=json.dumps(document), format="json-ld")


def faults_of(graph: Graph) -> str:
    conforms, _, text = validate(graph, shacl_graph=Graph().parse(SHAPES))
    return "" if conforms else text


def test_the_small_base_fits_the_shapes(small):
    assert faults_of(graph_of(export(small, "cpsv-ap"))) == ""


def test_the_real_base_fits_the_shapes_and_holds_every_public_service(knowledge):
    graph = graph_of(export(knowledge, "cpsv-ap", municipality="0181"))
    assert faults_of(graph) == ""
    public = {
        s.id
        for s in knowledge.services.values()
        if s.level in ("kommun", "region", "stat", "domstol")
    }
    found = {
        str(graph.value(s, DCT.identifier)) for s in graph.subjects(RDF.type, CPSV.PublicService)
    }
    assert public - found <= {s.id for s in knowledge.services.values() if s.exceptions}


@pytest.mark.parametrize("field", ["dct:title", "dct:identifier", "cv:hasCompetentAuthority"])
def test_the_shapes_notice_what_is_missing(small, field):
    document = export(small, "cpsv-ap")
    for node in document["@graph"]:
        if node["@type"] == "cpsv:PublicService":
            del node[field]
    assert "MinCount" in faults_of(graph_of(document))


def test_a_service_is_named_in_every_language_and_led_to_its_authority(small):
    graph = graph_of(export(small, "cpsv-ap", base="https://example.se/"))
    vab = URIRef("https://example.se/service/vab")
    assert {t.language for t in graph.objects(vab, DCT.title)} == {"sv", "en", "ar"}
    assert graph.value(vab, CV.hasCompetentAuthority) == URIRef(
        "https://example.se/authority/forsakringskassan"
    )


def test_a_municipality_exports_its_own_name_and_exceptions(knowledge):
    stockholm = export(knowledge, "cpsv-ap", municipality="0180")["@graph"]
    country = export(knowledge, "cpsv-ap")["@graph"]
    (kommun,) = [n for n in stockholm if n["@id"].endswith("authority/kommun")]
    assert kommun["skos:prefLabel"]["@value"] == "Stockholms kommun"
    ids = [{n.get("dct:identifier") for n in nodes} for nodes in (stockholm, country)]
    assert "begravning_gravplats" in ids[0]  # the municipality's own in Stockholm
    assert "begravning_gravplats" not in ids[1]  # the church's elsewhere


def test_schema_org_has_services_with_operators(small):
    graph = graph_of(export(small, "schema-org"))
    services = set(graph.subjects(RDF.type, SCHEMA.GovernmentService))
    assert len(services) == len(small.services)
    for service in services:
        operator = graph.value(service, SCHEMA.serviceOperator)
        assert (operator, RDF.type, SCHEMA.GovernmentOrganization) in graph


def test_what_is_nobodys_public_service_is_left_out(knowledge):
    ids = {n.get("dct:identifier") for n in export(knowledge, "cpsv-ap")["@graph"]}
    assert "a_kassa" not in ids
    assert "barnbidrag" in ids
