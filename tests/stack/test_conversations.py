"""Real conversations through gateway, Rasa and actions."""

import random
import subprocess
import time

import httpx
import pytest

from bot.evaluation import read_questions
from bot.processes import RASA_PYTHON
from bot.settings import ROOT

pytestmark = pytest.mark.stack


def card(reply):
    return reply["messages"][-1]["card"]


def test_all_parts_are_healthy(client):
    health = client.get("/health").json()
    assert health["status"] == "ok"
    assert {name: part["status"] for name, part in health["parts"].items()} == {
        "gateway": "ok",
        "rasa": "ok",
        "actions": "ok",
        "knowledge": "ok",
    }


@pytest.mark.parametrize(
    ("language", "question", "authority"),
    [
        ("sv", "Min son är magsjuk och jag måste stanna hemma från jobbet", "forsakringskassan"),
        ("en", "My son has a stomach bug and I have to stay home from work", "forsakringskassan"),
        ("ar", "كيف بقدر سجل ابني بالروضة؟", "kommun"),
        ("ar", "لازم جدد جواز سفري السويدي قبل السفر", "polisen"),
        ("so", "Sidee baan u beddelaa magaca ilmahayga?", "skatteverket"),
    ],
)
def test_a_question_gets_its_authority_in_its_language(say, language, question, authority):
    reply = say(question)
    assert reply["notice"] is None
    assert reply["language"] == language
    assert reply["dir"] == ("rtl" if language == "ar" else "ltr")
    assert card(reply)["authority"] == authority
    assert card(reply)["why"]
    assert card(reply)["title"] in reply["messages"][0]["text"].replace("\u2068", "").replace(
        "\u2069", ""
    )


def test_follow_up_questions_are_about_the_last_card(say):
    first = say("Var söker jag föräldrapenning?")
    phone = say("vad har de för telefonnummer?", first["session"])
    assert card(first)["phone"] in phone["messages"][0]["text"]
    why = say("varför just de?", first["session"])
    assert card(first)["why"] in why["messages"][0]["text"]


def test_a_deciding_question_is_answered_by_button_and_by_words(say):
    asked = say("parking fine")
    assert card(asked)["type"] == "clarify"
    button = asked["messages"][0]["buttons"][0]
    assert card(say(button["payload"], asked["session"]))["type"] == "answer"
    again = say("parking fine")
    chosen = say("the second one", again["session"])
    assert card(chosen)["service"] == card(again)["options"][1]["service"]


def test_the_language_is_sticky_and_follows_a_real_switch(say):
    first = say("Hello, I want to renew my driving licence")
    assert first["language"] == "en"
    assert say("Försäkringskassan", first["session"])["language"] == "en"
    switched = say("på svenska tack", first["session"])
    assert switched["language"] == "sv"


def test_the_municipality_is_named_on_the_card(say):
    reply = say("I need a building permit", municipality="0181")
    assert "Södertälje" in card(reply)["authority_name"]


def test_an_emergency_says_112_first(say):
    reply = say("Hjälp, min man andas inte")
    assert card(reply)["type"] == "emergency"
    assert "112" in reply["messages"][0]["text"].splitlines()[0]


def test_no_personal_number_reaches_the_tracker(say, stack):
    reply = say("mitt personnummer är 811218-9876, hur byter jag namn?")
    assert reply["notice"] == "personal_number_removed"
    url = f"{stack.rasa_url}/conversations/{reply['session']}/tracker"
    tracker = httpx.get(url).text
    assert "811218" not in tracker
    assert "byter jag" not in tracker, "nor the words (a service's id may hold one of them)"


def test_rasa_s_own_channel_masks_too(stack):
    body = {"sender": "direct-client-1", "message": "hej 19811218-9876"}
    httpx.post(f"{stack.rasa_url}/webhooks/rest/webhook", json=body, timeout=30)
    tracker = httpx.get(f"{stack.rasa_url}/conversations/direct-client-1/tracker").text
    assert "9876" not in tracker


def test_no_words_of_people_stand_in_the_log(say):
    say("enhörningsfråga om regnbågsbidrag")
    time.sleep(0.5)
    assert "enhörning" not in (ROOT / "var" / "last-run.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "message",
    ["\u202e\u200f txet", "🙂🙂🙂", "<script>alert(1)</script>", "'; DROP TABLE x; --", "/nonsense",
     '/choose_service{"service":"unknown"}', "\x00\x01 hej", "112", "a" * 2000],
)  # fmt: skip
def test_odd_messages_get_a_sensible_answer(say, message):
    reply = say(message)
    assert reply["messages"] and reply["messages"][0]["text"].strip()


def test_the_verdict_through_rasa_is_the_matcher_s(client, say):
    questions = [q for q in read_questions(ROOT / "tests" / "eval") if q.decision == "answer"]
    sample = random.Random(7).sample(questions, 60)
    different = []
    for question in sample:
        match = client.post("/api/match", json={"text": question.text}).json()
        cards = [m["card"] for m in say(question.text)["messages"] if m["card"]]
        shown = cards[0] if cards else {}  # of two matters the first
        same = shown.get("type") == match["verdict"]
        if same and match["verdict"] == "answer":
            same = shown["service"] == match["candidates"][0]["service"]
        different += [] if same else [question.id]
    # A few keywords look like a dialogue act ("grave plot" like thanks): one in a hundred
    # over all questions when this was written.
    assert len(different) <= 2, different


def test_rasa_s_test_stories_are_green(stack):
    environment = stack.environment | {
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
    command = [
        *(str(RASA_PYTHON), "-W", "ignore", "-m", "rasa", "test", "core"),
        *("--model", "models/rasa.tar.gz", "--stories", "tests/stories"),
        *("--endpoints", "endpoints.yml", "--out", "var/rasa-test"),
        "--fail-on-prediction-errors",
    ]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-1500:] + done.stderr[-1500:]


def test_rasa_finds_the_data_valid(stack):
    command = [str(RASA_PYTHON), "-W", "ignore", "-m", "rasa", "data", "validate"]
    environment = stack.environment | {"RASA_TELEMETRY_ENABLED": "false"}
    done = subprocess.run(
        [*command, "--fail-on-warnings"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-1500:] + done.stderr[-1500:]


BEATEN = {
    "sv": "min man slog mig igår kväll, vart kan jag gå",
    "en": "my husband beat me last night, where can I go",
    "ar": "زوجي ضربني مبارح بالليل، وين بقدر روح",
    "so": "ninkaygu xalay wuu i garaacay, xaggee aadi karaa",
    "fi": "mieheni löi minua eilen, minne voin mennä",
    "fa": "شوهرم دیشب مرا زد، کجا بروم",
    "ti": "ሰብኣየይ ትማሊ ለይቲ ወቒዑኒ፣ ናበይ ክኸይድ እኽእል",
    "uk": "чоловік мене вчора побив, куди мені йти",
    "pl": "mąż mnie wczoraj pobił, gdzie mogę pójść",
    "tr": "eşim dün gece beni dövdü, nereye gidebilirim",
    "ckb": "دوێنێ شەو مێردەکەم لێی دام، بۆ کوێ بچم",
    "kmr": "mêrê min doh şev li min xist, ez dikarim herim ku",
    "bs": "muž me je sinoć tukao, gdje mogu otići",
    "ru": "муж вчера меня избил, куда мне пойти",
    "es": "mi marido me pegó anoche, ¿adónde puedo ir?",
}


@pytest.mark.parametrize("language", BEATEN)
def test_who_was_beaten_is_met_with_care_and_told_where_protection_is(say, language):
    reply = say(BEATEN[language])
    assert reply["language"] == language
    assert "112" in reply["messages"][0]["text"] and "020-50" in reply["messages"][0]["text"]
    assert card(reply)["service"] == "vald_nara_relation"
    assert card(reply)["authority"] == "kommun"


@pytest.mark.parametrize(
    "text",
    [
        "jag vill inte leva längre, allt är mörkt",
        "I keep thinking about wanting to die",
        "ya no quiero seguir viviendo",
        "nie chcę już żyć",
    ],
)
def test_who_wants_to_die_is_never_matched_to_something_else(client, text):
    match = client.post("/api/match", json={"text": text}).json()
    assert match["candidates"][0]["service"] in ("psykiatri", "nodsamtal")


def test_who_writes_in_german_is_told_which_languages_there_are(say):
    text = "Ich hätte gerne gewusst, wann der Zug nach München abfährt und was er kostet"
    shown = say(text)["messages"][0]
    assert "ትግርኛ" in shown["text"] and "Español" in shown["text"]
