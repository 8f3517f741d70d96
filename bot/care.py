"""Which matters need a kind word and a helpline before the card, and when beside 112."""

from __future__ import annotations

from bot.matcher import Matcher

# service -> text said before its card
CARE = {
    "vald_nara_relation": "care_violence",
    "kontaktforbud": "care_violence",
    "skyddade_personuppgifter": "care_violence",
    "psykiatri": "utter_crisis",
    "orosanmalan_barn": "care_child",
    "begravning_gravplats": "care_grief",
    "dodsfallsintyg": "care_grief",
    "bouppteckning": "care_grief",
    "dodsboanmalan": "care_grief",
    "efterlevandepension": "care_grief",
}
_LIKELY = 0.003  # of 1: an emergency takes nearly all probability for itself


def is_violence_at_home(matcher: Matcher, text: str, language: str) -> bool:
    """Whether an emergency sounds like violence by someone close: then its helpline fits too."""
    for service, probability in matcher.rank(text, language).services[:2]:
        if CARE.get(service) == "care_violence":
            return probability >= _LIKELY
    return False
