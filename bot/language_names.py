"""Which language does a person ask for? "in Arabic please", "svenska tack", "af soomaali"."""

from __future__ import annotations

from bot.check_phrases import fold
from bot.languages import Languages

# What languages are called in the languages people ask in; the first name is the Swedish one.
_CALLED = {
    "sv": "svenska swedish السويدية سويدي السويدي iswiidhish swidish ruotsi ruotsiksi szwedzki "
    "szwedzku isveççe isvecce swêdî swedî švedski svedski шведский шведском шведська шведською "
    "sueco سوئدی سويدی سویدی ስዊድንኛ ሽወደንኛ",
    "en": "engelska english الانجليزية الإنجليزية انجليزي إنجليزي ingiriis ingiriisi ingiliisi "
    "englanti englanniksi angielski angielsku ingilizce inglîzî engleski английский английском "
    "англійська англійською inglés ingles انگلیسی ئینگلیزی እንግሊዝኛ",
    "ar": "arabiska arabic العربية عربي عربية carabi arabi 3arabi arabia arabiaksi arabski arabsku "
    "arapça arapca erebî erebi arapski арабский арабском арабська арабською árabe arabe عربی "
    "عەرەبی ዓረብኛ ዓረብ",
    "so": "somaliska somali الصومالية صومالي soomaali soomaaliga af-soomaali somalijski somalice "
    "somalí сомали سومالی سۆمالی ሶማልኛ",
    "fi": "finska finnish suomi suomeksi الفنلندية fiński finsku fince финский фінська finés "
    "finlandés فنلاندی finski",
    "fa": "persiska farsi dari persian فارسی دری الفارسية faarsi perski farsça farsca farisî "
    "персидский фарси перська persa",
    "ti": "tigrinja tigrinya tigrinska ትግርኛ التغرينية tigriga tigriña тигринья",
    "uk": "ukrainska ukrainian українська українською الأوكرانية ukraiński ukraińsku ukraynaca "
    "украинский ucraniano ukrajinski ukraina ukrainaksi",
    "pl": "polska polish polski polsku البولندية puola puolaksi lehçe польский польською польська "
    "polaco poljski",
    "tr": "turkiska turkish türkçe turkce التركية turki turecki turecku turkki turkiksi tirkî "
    "турецкий турецька turco turski ترکی تورکی",
    "ckb": "sorani kurdiska kurdish کوردی سۆرانی الكردية کردی kürtçe курдский kurdo kurdi",
    "kmr": "kurmanji kurmanci kurmancî nordkurdiska курманджи کورمانجی",
    "bs": "bosniska bosnian bosanski kroatiska croatian hrvatski serbiska serbian srpski البوسنية "
    "боснийский сербский bosnio bośniacki boşnakça bosniaksi",
    "ru": "ryska russian русский русском по-русски الروسية ruush venäjä venäjäksi rosyjski "
    "rosyjsku rusça rusca rûsî російська російською ruso ruski روسی",
    "es": "spanska spanish español espanol الإسبانية isbaanish espanja espanjaksi hiszpański "
    "ispanyolca испанский іспанська španski اسپانیایی",
}


def swedish_name(code: str) -> str:
    """What a language is called in Swedish, as one says it at a desk."""
    return _CALLED[code].split()[0]


def named_language(text: str, languages: Languages) -> str | None:
    """The code of the language a text names; None where it names none or several."""
    words = set(fold(text).split())
    found = {
        code
        for code, names in _CALLED.items()
        if code in languages and words & {fold(name) for name in names.split()}
    }
    found |= {language.code for language in languages if fold(language.name) in fold(text)}
    return found.pop() if len(found) == 1 else None
