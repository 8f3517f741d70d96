"""Which bodies does a text name? "why not the municipality?", "Försäkringskassan sent me here"."""

from __future__ import annotations

from bot.check_phrases import fold
from bot.knowledge import Knowledge

# Everyday names in the bot's languages, beside the registered ones; beginnings of words.
_CALLED = {
    "kommun": "kommun municip council belediye kunta kunna gmina gmin općin opcin opštin "
    "ayuntamient degmad муніципал муниципал коммун комун громад بلدية البلدية شهرداری کمون "
    "شارەوانی ኮሙን şaredar",
    "region": "region landsting maakun gobol регион регіон منطقة المنطقة ریجن ሪጅን",
    "polisen": "polis police policj policij poliis booliis полиц поліц شرطة الشرطة پلیس پۆلیس ፖሊስ",
    "forsakringskassan": "f-kassan fkassan kassan",
    "arbetsformedlingen": "arbetsförmedling arbetsformedling",
    "migrationsverket": "migration migrac миграц мігра",
    "domstol": "domstol tingsrätt court mahkeme tuomioistu sąd sud суд tribunal محكمة دادگاه دادگا",
    "socialstyrelsen": "socialstyrelsen",
}


_SHORT = 4  # letters


def named_bodies(text: str, knowledge: Knowledge) -> list[str]:
    """Ids of the authorities a text names, in any of the bot's languages; empty where none."""
    words = fold(text).split()
    whole = " ".join(words)
    found = [
        authority
        for authority, record in knowledge.authorities.items()
        if _stands_in(fold(record.name), whole) or authority in words
    ]
    for authority, names in _CALLED.items():
        starts = tuple(fold(name) for name in names.split())
        if authority in knowledge.authorities and any(w.startswith(starts) for w in words):
            found.append(authority)
    return list(dict.fromkeys(found))


def _stands_in(name: str, text: str) -> bool:
    """Short names as words of their own (CSN), longer ones with any ending."""
    return f" {name} " in f" {text} " if len(name) <= _SHORT else name in text
