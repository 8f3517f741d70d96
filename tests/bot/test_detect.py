"""Which language is it? Trained once on the real knowledge base; the texts here are our own."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.detect import FOREIGN, LanguageDetector, script_of
from bot.dialogue_examples import read_examples
from bot.settings import ROOT

EVERY = 2  # one phrase in so many: half the time, and enough for these texts

SENTENCES = {
    "sv": ["Var lämnar jag in min ansökan om pension?", "Grannens hund skäller hela natten"],
    "en": ["Where do I hand in my tax return?", "My neighbour's dog barks all night"],
    "ar": ["أين أقدم طلب التقاعد؟", "كلب الجيران ينبح طوال الليل"],
    "so": ["Xaggee baan ka codsadaa hawlgabka?", "Cunuggeygu wuu xanuunsan yahay maanta"],
    "fi": ["Mistä haen eläkettä Ruotsissa?", "Naapurin koira haukkuu koko yön"],
    "fa": ["کجا باید برای بازنشستگی درخواست بدهم؟", "سگ همسایه تمام شب پارس می‌کند"],
    "ti": ["ንጡረታ ኣበይ የመልክት?", "ወደይ ሓሚሙ ስራሕ ክኸይድ ኣይከኣልኩን"],
    "uk": ["Куди подати заяву на пенсію?", "Моя дитина захворіла і я не можу працювати"],
    "pl": ["Gdzie złożyć wniosek o emeryturę?", "Pies sąsiada szczeka całą noc"],
    "tr": ["Emeklilik başvurusunu nereye yapıyorum?", "Komşunun köpeği bütün gece havlıyor"],
    "ckb": ["لە کوێ داوای خانەنشینی بکەم؟", "منداڵەکەم نەخۆشە و ناتوانم بچمە سەر کار"],
    "kmr": [
        "Ez ê li ku derê serlêdana xanenişînê bikim?",
        "Zarokê min nexweş e û ez nikarim bixebitim",
    ],
    "bs": ["Gdje podnosim zahtjev za penziju?", "Komšijin pas laje cijelu noć"],
    "ru": ["Куда подать заявление на пенсию?", "Собака соседей лает всю ночь"],
    "es": ["¿Dónde solicito la jubilación?", "El perro del vecino ladra toda la noche"],
}


@pytest.fixture(scope="module")
def detector(knowledge, real_texts):
    names = [a.name for a in knowledge.authorities.values()]
    names += [w.name for w in knowledge.service_words["sv"].values()]
    foreign = [e for e in read_examples(ROOT / "data" / "nlu") if e.language == FOREIGN]
    chosen = [*real_texts[::EVERY], *foreign]
    return LanguageDetector().fit([t.text for t in chosen], [t.language for t in chosen], names)


def test_all_fifteen_languages_are_known(detector, knowledge):
    assert set(detector.codes) == set(knowledge.languages.codes) == set(SENTENCES)


@pytest.mark.parametrize(
    ("code", "text"), [(c, t) for c, texts in SENTENCES.items() for t in texts]
)
def test_a_short_sentence_is_enough(detector, code, text):
    found = detector.detect(text)
    assert (found.code, found.confidence > 0.5) == (code, True)


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("sv", "barnbidrag"),
        ("sv", "flyttanmälan"),
        ("sv", "körkort"),
        ("en", "childcare"),
        ("en", "unemployment"),
        ("ar", "الإقامة"),
        ("so", "caruurta"),
        ("fi", "toimeentulotuki"),
        ("ti", "ንጡረታ"),
        ("pl", "emerytura"),
        ("tr", "işsizlik"),
        ("ckb", "نەخۆشخانە"),
        ("es", "jubilación"),
        ("uk", "допомога"),
        ("ru", "пособие"),
    ],
)
def test_one_word_is_enough_where_the_word_is_one_languages(detector, code, word):
    assert detector.detect(word).code in (code, None)
    assert detector.detect(word).script == script_of(word)


@pytest.mark.parametrize("text", ["grannen", "tandläkare", "Skolan?", "skola och jobbet"])
def test_a_text_of_nothing_but_swedish_words_is_swedish(detector, text):
    assert (detector.detect(text).code, detector.detect(text).confidence) == ("sv", 0.9)


@pytest.mark.parametrize(
    ("code", "text"),
    [("bs", "jesi li ti robot?"), ("kmr", "hejmara telefonê"), ("fi", "asumistuki Botkyrka")],
)
def test_few_words_that_only_one_language_has_are_of_that_language(detector, code, text):
    assert detector.detect(text).code == code


@pytest.mark.parametrize("text", ["jag bor i Botkyrka", "jag bor i Solna", "var ligger det"])
def test_swedish_words_in_another_language_s_texts_do_not_make_a_text_that_language(detector, text):
    assert detector.detect(text).code == "sv"


@pytest.mark.parametrize("text", ["vab", "csn", "tax", "ska", "bil", "ab", "x"])
def test_three_latin_letters_are_no_evidence_of_another_script_s_language(detector, text):
    assert detector.detect(text).code not in ("ar", "fa", "ckb", "ti", "uk", "ru")


def test_most_single_words_are_named(detector):
    words = {"sv": "barnbidrag", "fi": "toimeentulotuki", "tr": "işsizlik", "ti": "ንጡረታ"}
    words |= {"ckb": "نەخۆشخانە", "pl": "emerytura", "so": "caruurta"}
    right = sum(detector.detect(word).code == code for code, word in words.items())
    assert right >= 6


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("so", "Försäkringskassan way ii diideen sjukpenning"),
        ("so", "Skatteverket waxaan u baahanahay personbevis"),
        ("so", "Migrationsverket jawaab kama helin"),
        ("ar", "أريد التقديم على bostadsbidrag عند Försäkringskassan"),
        ("ar", "كيف أحصل على personnummer من Skatteverket"),
        ("pl", "Jak złożyć wniosek o sjukpenning w Försäkringskassan?"),
        ("pl", "Gdzie dostanę personnummer, w Skatteverket czy gdzie indziej"),
        ("tr", "Arbetsförmedlingen bana etableringsersättning vermiyor"),
        ("en", "How do I apply for föräldrapenning at Försäkringskassan?"),
    ],
)
def test_swedish_names_do_not_make_a_text_swedish(detector, code, text):
    assert detector.detect(text).code == code


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("sv", "jag behover hjalp med min ansokan om bostad"),
        ("sv", "var anmaler jag att jag har flyttat till ett nytt stalle"),
        ("pl", "gdzie moge zlozyc wniosek o zasilek na dziecko"),
        ("tr", "cocugum hasta ve ise gidemiyorum ne yapmaliyim"),
        ("es", "donde puedo pedir la jubilacion anticipada"),
        ("fi", "missa voin hakea elaketta ja asumistukea"),
        ("bs", "gdje mogu predati zahtjev za djecji dodatak"),
    ],
)
def test_missing_diacritics_do_no_harm(detector, code, text):
    assert detector.detect(text).code == code


@pytest.mark.parametrize(
    "text", ["söka försörjningsstöd igen", "vill sälja bilen i vår", "vårdcentral nära oss"]
)
def test_swedish_words_that_others_borrow_stay_swedish(detector, text):
    assert detector.detect(text).code == "sv"


@pytest.mark.parametrize(
    "text", ["", "   ", "12345", "0181", "😀😀", "!?", "...", "١٢٣", "\u200b", "1 + 1 = 2", "€ 100"]
)
def test_what_has_no_letters_cannot_be_told(detector, text):
    found = detector.detect(text)
    assert (found.code, found.confidence, found.script) == (None, 0.0, "Zyyy")


@pytest.mark.parametrize(
    "text",
    [
        "Wo muss ich meine neue Wohnung anmelden, wenn ich umgezogen bin?",
        "Ich möchte gerne wissen, welche Behörde für mich zuständig ist",
        "Où dois-je déposer ma demande de permis de séjour en Suède ?",
        "Πού πρέπει να υποβάλω την αίτησή μου;",
        "年金を申請する場所はどこですか",
        "ฉันต้องการสมัครเงินบำนาญ",
        "ich brauche einen Arzt",
        "waar vraag ik een paspoort aan",
    ],
)
def test_a_sentence_in_none_of_our_languages_cannot_be_told(detector, text):
    assert detector.detect(text).code is None


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("hej", "Latn"),
        ("مرحبا", "Arab"),
        ("ሰላም", "Ethi"),
        ("привет", "Cyrl"),
        ("hej مرحبا بك", "Arab"),
        ("γειά", "Zzzz"),
        ("123", "Zyyy"),
    ],
)
def test_the_script_of_most_letters_is_named(text, script):
    assert script_of(text) == script


def test_the_same_text_gets_the_same_answer(detector):
    texts = [text for texts in SENTENCES.values() for text in texts]
    first = [detector.detect(text) for text in texts]
    assert [detector.detect(text) for text in reversed(texts)][::-1] == first
    copy = pickle.loads(pickle.dumps(detector))
    assert [copy.detect(text) for text in texts] == first


def test_what_people_wrote_is_not_stored_with_the_detector(detector):
    detector.detect("en hemlig mening som ingen ska spara")
    assert b"hemlig mening som ingen" not in pickle.dumps(detector)


def test_case_and_invisible_characters_do_no_harm(detector):
    plain = detector.detect("Var lämnar jag in min ansökan om pension?")
    assert detector.detect("VAR LÄMNAR JAG IN MIN ANSÖKAN OM PENSION?").code == "sv"
    assert detector.detect("Var läm\u200bnar jag in min an\u00adsökan om pension?") == plain
    assert detector.detect("<b>Var lämnar jag in min ansökan om pension?</b>") == plain


def test_the_runner_up_is_another_language_of_the_same_script(detector):
    found = detector.detect("Куда подать заявление на пенсию?")
    assert found.runner_up in ("uk", "bs")


def test_texts_read_word_by_word_get_the_same_vectors(detector):
    texts = ["Var ansöker jag", "PENSION  pension", "Куда подать", "a", ""]
    difference = detector._all_vectors(texts) - detector._vectors.transform(texts)
    assert abs(difference).max() < 1e-12


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gets_an_answer(detector, text):
    found = detector.detect(text)
    assert found.code is None or found.code in detector.codes
    assert 0.0 <= found.confidence <= 1.0
