"""What carries over from turn to turn: language, choices, places."""

import pytest

from bot.conversation import chosen_option, decide_language, mentioned_municipality
from bot.detect import Detection
from bot.replies import NEITHER

OPTIONS = ["barnbidrag", "bygglov", "pass"]


class Detector:
    def __init__(self, code, confidence=0.95, script="Latn"):
        self.found = Detection(code, confidence, script)

    def detect(self, text):
        return self.found


class TestLanguage:
    def test_the_first_message_decides(self):
        assert decide_language(Detector("so"), "guriga", None, None) == "so"

    def test_a_swedish_word_does_not_switch(self):
        assert decide_language(Detector("sv"), "Försäkringskassan", "en", None) == "en"

    def test_a_sentence_in_another_language_switches(self):
        assert decide_language(Detector("sv"), "var ligger kontoret", "en", None) == "sv"

    def test_what_was_picked_holds_against_three_words(self):
        text = "where is it"
        assert decide_language(Detector("en"), text, "sv", "sv", "sv") == "sv"

    def test_a_long_sentence_switches_even_what_was_picked(self):
        text = "I do not understand any Swedish at all"
        assert decide_language(Detector("en"), text, "sv", "sv", "sv") == "en"

    def test_another_script_switches_sooner(self):
        detector = Detector("ar", script="Arab")
        assert decide_language(detector, "أين هو المكتب", "sv", "sv", "sv") == "ar"
        assert decide_language(detector, "أين", "sv", "sv", "sv") == "sv"

    def test_a_new_pick_counts_at_once(self):
        assert decide_language(Detector(None, 0.2), "ok", "sv", "ar", "sv") == "ar"
        assert decide_language(Detector(None, 0.2), "ok", "sv", "ar", "ar") == "sv"

    def test_a_button_says_nothing_about_language(self):
        assert decide_language(Detector("en"), "/choose_service{}", "ti", None) == "ti"

    def test_an_unsure_detection_does_not_switch(self):
        detector = Detector("en", 0.5)
        assert decide_language(detector, "var ligger kontoret nu då", "sv", None) == "sv"


class TestChoice:
    @pytest.mark.parametrize(
        "text",
        ["den andra", "the second one", "nummer två", "2", "labaad", "الثاني", "ካልኣይ", "друге",
         "drugi", "ikincisi", "دووەم", "ya duyem", "второй", "la segunda", "دومی", "toinen"],
    )  # fmt: skip
    def test_the_second_in_every_language(self, knowledge, text):
        assert chosen_option(text, OPTIONS, knowledge, "sv", None) == "bygglov"

    @pytest.mark.parametrize("text", ["den sista", "the last one", "sonuncu", "последнее"])
    def test_the_last(self, knowledge, text):
        assert chosen_option(text, OPTIONS, knowledge, "sv", None) == "pass"

    @pytest.mark.parametrize("text", ["inget av dem", "none of them", "لا", "hiçbiri", "ninguna"])
    def test_neither(self, knowledge, text):
        assert chosen_option(text, OPTIONS, knowledge, "sv", None) == NEITHER

    def test_the_words_of_an_option_choose_it(self, knowledge):
        name = knowledge.wording("barnbidrag", "sv")[0].name
        assert chosen_option(name, OPTIONS, knowledge, "sv", None) == "barnbidrag"

    def test_a_number_within_a_sentence_does_not_choose(self, knowledge):
        text = "jag har en son och två döttrar hemma"
        assert chosen_option(text, OPTIONS, knowledge, "sv", None) is None

    def test_there_is_no_fourth_of_three(self, knowledge):
        assert chosen_option("den fjärde", OPTIONS, knowledge, "sv", None) is None

    def test_a_new_question_chooses_nothing(self, knowledge):
        text = "min granne spelar hög musik på nätterna"
        assert chosen_option(text, OPTIONS, knowledge, "sv", None) is None


class TestPlace:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("bygglov i Södertälje", "0181"),
            ("I need a permit in Botkyrka", "0127"),
            ("vi bor i Huddinge kommun", "0126"),
            ("vad ska det vara", None),
            ("en bil i Vara och en i Sala", None),
            ("Södertälje", None),
        ],
    )
    def test_a_question_may_name_the_municipality(self, knowledge, text, code):
        assert mentioned_municipality(text, knowledge.municipalities) == code
