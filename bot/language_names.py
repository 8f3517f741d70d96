"""Which language does a person ask for? "in Arabic please", "svenska tack", "af soomaali"."""

from __future__ import annotations

from bot.knowledge_check import fold
from bot.languages import Languages

# What languages are called in the languages people ask in, beside their registered names.
_CALLED = {
    "sv": "svenska swedish السويدية سويدي السويدي iswiidhish swidish svensk ruotsi",
    "en": "engelska english الانجليزية الإنجليزية انجليزي إنجليزي ingiriis ingiriisi ingilizce",
    "ar": "arabiska arabic العربية عربي عربية carabi arabi 3arabi arabic",
    "so": "somaliska somali الصومالية صومالي soomaali soomaaliga af-soomaali",
    "fi": "finska finnish suomi suomeksi الفنلندية finnishka",
    "fa": "persiska farsi dari persian فارسی دری الفارسية faarsi",
    "ti": "tigrinja tigrinya tigrinska ትግርኛ التغرينية tigriga",
    "uk": "ukrainska ukrainian українська українською الأوكرانية",
    "pl": "polska polish polski البولندية",
    "tr": "turkiska turkish türkçe turkce التركية turki",
    "ckb": "sorani kurdiska kurdish کوردی سۆرانی الكردية",
    "kmr": "kurmanji kurmanci kurmancî nordkurdiska",
    "bs": "bosniska bosnian bosanski kroatiska croatian hrvatski serbiska serbian srpski البوسنية",
    "ru": "ryska russian русский русском الروسية ruush",
    "es": "spanska spanish español espanol الإسبانية isbaanish",
}


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
