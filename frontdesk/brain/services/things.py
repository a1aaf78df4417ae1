"""What is to be done and by whom: services, and the people of the business."""

from __future__ import annotations

from typing import Any, Final

from frontdesk.brain.services.for_whom import for_this_person, for_two_alike, of_this_age, read_for_whom, words_for_whom
from frontdesk.brain.services.mentions import Named, named_services, one_by_one, only_one
from frontdesk.brain.services.not_done import SHORTEST, a_word_of, read_not_done_here
from frontdesk.brain.services.persons import for_me_first
from frontdesk.brain.services.service_names import FAMILY, OTHER, names_asked, service_names, services_of, to_choose_from
from frontdesk.brain.utterance.heard import Span
from frontdesk.brain.utterance.turn import Turn
from spoken import NOTHING, Reading, Status
from spoken.content_words import stopwords, titles
from spoken.normalise import fold_words

__all__ = ["ANYONE", "NONE_OF", "read_service", "read_staff"]

ANYONE = "any"
NONE_OF: Final = ("values", "staff", "none_of")
FEW = 4
SENTENCE = 8
"""Words that an answer to "what would you like" may have, when it only says for whom."""


def read_service(turn: Turn) -> None:
    """A service, several that may be meant, or something that is not done here."""
    if turn.found.questions or turn.view.asks == "appointment" or _about_existing(turn):
        return
    asked = turn.view.asks == "service"
    named = named_services(turn)
    known = turn.known("service")
    if asked and turn.heard_phrase("values", "service", "unsure") and not named.meant:
        turn.found.act("asks_question", {"topic": "services"})
        return
    reading = _not_like_a_day(turn, named, _service_reading(turn, asked=asked))
    alone = only_one(turn, named, _values(reading))
    if alone and named.only(known) and not asked:  # known, whoever it is said to be for
        turn.heard.take(named.meant[0].span)
        return
    if (named.replaced or one_by_one(turn, named) or alone) and (one_by_one(turn, named) or not named.only(known)):
        _as_named(turn, named)
        return
    if reading.status is Status.NOTHING or not (asked or _named(turn, reading) or _all_that_was_said(turn)):
        if named.meant and known is None:  # "get my hair cut, I'm a man": the vague word was said, the likeness was not
            _as_named(turn, named)
        elif reading.status is Status.NOTHING and (asked or known is None):
            read_not_done_here(turn)
        else:
            read_for_whom(turn)
        return
    meant = _to_the_letter(turn, reading, _meant(turn, reading))
    others = [value.removeprefix(OTHER) for value in _values(reading) if value.startswith(OTHER)]
    if not meant or (others and not _to_the_word(turn, meant)):
        if others and (asked or known is None) and a_word_of(turn, others[0]):
            turn.found.act("unknown_service", {"thing": others[0]})
            turn.heard.take(reading.span)
        elif others and named.meant and known is None:  # the vague word was said, what it is like was not
            _as_named(turn, named)
        return
    _take_meant(turn, reading, meant)


def _service_reading(turn: Turn, *, asked: bool) -> Reading:
    reading = turn.read("service", names=service_names(turn))
    if asked and (reading.status is Status.NOTHING or len(turn.heard) <= SENTENCE):
        reading = turn.read("service", names=names_asked(turn))  # "for a man"; said among other things it names nothing
        if reading.span is not None and len(turn.heard) > len(turn.heard.at(reading.span).split()) + FEW and not _named(turn, reading):
            return NOTHING
        if reading.span is not None and _titles_somebody(turn, reading.span):
            return NOTHING
    return reading


def _not_like_a_day(turn: Turn, named: Named, reading: Reading) -> Reading:
    """ "Une coupe mardi" only sounds like a cut for one's husband, "mari": a day that was named is no part of a name that was not."""
    if reading.span is None or any(reading.span == mention.span for mention in named.meant):
        return reading
    when = turn.read("datetime")
    if when.span is None or "day" not in when.mentions or not (reading.span[0] < when.span[1] and when.span[0] < reading.span[1]):
        return reading
    apart = turn.read("service", turn.heard.without([when.span]), names=service_names(turn))
    return reading if apart.status is Status.NOTHING else apart


def _titles_somebody(turn: Turn, span: Span) -> bool:
    """Whether a word that would say for whom is the title of a name: "je suis madame Ortega"."""
    after = next((token.text for token in turn.heard.tokens if token.start >= span[1]), None)
    title = fold_words(turn.heard.at(span))
    return after is not None and len(title) == 1 and title[0] in titles(turn.language) and after not in stopwords(turn.language)


def _take_meant(turn: Turn, reading: Reading, meant: list[str]) -> None:
    meant, chosen = _for_whom(turn, meant)
    reading = chosen or reading
    if len(meant) == 1 and _only_asks_whether(turn):
        turn.found.act("asks_question", {"topic": "services", "service": meant[0]})
        return
    few = reading.span is not None and len(turn.heard.at(reading.span).split()) <= FEW
    if len(meant) == 1 and reading.span is not None:
        if few:
            turn.found.fact("service", meant[0], reading.span)
            _take_article(turn, reading.span)
        else:  # "a kids' cut on Wednesday at four for my daughter": the time stands in between
            turn.found.fact_without_taking("service", meant[0], reading.span)
        return
    asked, known = turn.view.asks == "service", turn.known("service")
    if known in meant and not asked:
        turn.heard.take(reading.span)
    elif asked or known is None or turn.heard_phrase("values", "correction"):
        turn.found.doubt("service", reading.span, to_choose_from(turn, meant), take=few)


def _for_whom(turn: Turn, meant: list[str]) -> tuple[list[str], Reading | None]:
    """What may be meant, and the words that chose one of it: those that say for whom it is, unless several are wanted at once."""
    chosen = for_two_alike(turn, meant)
    if chosen is None and (several := _for_several(turn, meant)):
        return several, None
    chosen = chosen or ((for_this_person(turn, meant) or of_this_age(turn, meant)) if len(meant) > 1 else None)
    return (meant, None) if chosen is None else ([chosen.value], chosen)


def _for_several(turn: Turn, meant: list[str]) -> list[str]:
    """ "Two haircuts, for me and my son": which of them comes first was not said, unless it was named.

    In "a trim for me and one for my son" the words of "trim for my son" stand apart, and what it is for the caller is not known.
    """
    if not turn.found.has("wants_several"):
        return []
    in_a_row = any(mention.key in meant for mention in named_services(turn).meant)
    if in_a_row or (_to_the_word(turn, meant) and not for_me_first(turn)):
        return []
    answers = (turn.business.family_answers(family, turn.language) for family in turn.business.families)
    return next((list(family) for family in answers if set(meant) <= set(family)), [])


def _as_named(turn: Turn, named: Named) -> None:
    """What replaces something else, "forget the highlights, make it a blow-dry"; of two wishes the first, then the other."""
    several = one_by_one(turn, named)
    if several:
        turn.found.act("wants_several")
    mentions = named.meant[:1] if several else named.meant
    meant = services_of(turn, [mention.key for mention in mentions])
    span = (mentions[0].span[0], mentions[-1].span[1])
    meant = meant if len(meant) == 1 else _for_whom(turn, meant)[0]
    if len(meant) == 1 and _only_asks_whether(turn):
        turn.found.act("asks_question", {"topic": "services", "service": meant[0]})
        return
    if len(meant) == 1:
        turn.found.fact("service", meant[0], span)
        _take_article(turn, span)
        return
    turn.found.doubt("service", span, to_choose_from(turn, meant))


def _to_the_word(turn: Turn, meant: list[str]) -> bool:
    """Whether one of these services was named word for word."""
    said = set(turn.heard.words)
    names = turn.business.vocabulary(turn.language)
    return any(said.issuperset(fold_words(name)) for key in meant for name in names[key])


def _take_article(turn: Turn, span: Span) -> None:
    """The "un" of "un corte el domingo" is no hour, the "des" of "des mèches vendredi matin" no "dès"."""
    before = [token for token in turn.heard.tokens if token.end <= span[0]][-1:]
    if before and before[0].text in stopwords(turn.language):
        turn.heard.take((before[0].start, before[0].end))


def _to_the_letter(turn: Turn, reading: Reading, meant: list[str]) -> list[str]:
    """Of several that may be meant, the one whose name was said word for word, the longest where names overlap."""
    if len(meant) < 2:
        return meant
    said = {token.text for token in turn.heard.untaken()}  # the children of "I've got two children, and I need a cut" are no part of it
    found: dict[str, set[str]] = {}
    for key in meant:
        exact = [set(fold_words(name)) for name in turn.business.vocabulary(turn.language)[key] if said.issuperset(fold_words(name))]
        if exact:
            found[key] = max(exact, key=lambda words: len("".join(words)))
    best = [key for key, words in found.items() if not any(words < other for other in found.values())]
    if len(best) != 1:
        return meant
    families = (value for value in _values(reading) if value.startswith(FAMILY))
    others = (family for family in families if best[0] not in turn.business.families[family.removeprefix(FAMILY)].answers)
    vague = (fold_words(word) for family in others for word in service_names(turn)[family])
    if any(said.issuperset(words) and not found[best[0]].issuperset(words) for words in vague):
        return meant  # "a cut and a colour" are two wishes
    return best


def _named(turn: Turn, reading: Reading) -> bool:
    """Whether a whole name or synonym was said; a likeness, or one word of several, is not enough for what was not asked."""
    names = service_names(turn)
    said = set(turn.heard.words)
    if turn.view.asks in {"intent", "anything_else"} and reading.span is not None:
        telling = {word for value in _values(reading) for name in names.get(value, ()) for word in fold_words(name) if len(word) > SHORTEST}
        told = telling & set(fold_words(turn.heard.at(reading.span)))
        if told and told - words_for_whom(turn):
            return True
    glued = set(turn.heard.words) | {left + right for left, right in zip(turn.heard.words, turn.heard.words[1:], strict=False)}
    for value in _values(reading):
        for name in names.get(value, ()):
            words = fold_words(name)
            if (len("".join(words)) >= SHORTEST and said.issuperset(words)) or "".join(words) in glued:
                return True
    return False


def _all_that_was_said(turn: Turn) -> bool:
    """Whether a word that is merely like a service may be one: hardly anything else was said, and it was the moment for it."""
    return turn.view.asks == "intent" and len(turn.heard.untaken()) <= FEW and not turn.keys("intents") and not turn.keys("acts")


def _last_named(turn: Turn, reading: Reading) -> Reading | None:
    """ "Not with Karim, with Léa": the one named last, where the caller corrects."""
    if reading.span is None or not (turn.heard_phrase("values", "retake") or turn.heard_phrase("values", "correction")):
        return None
    after = (reading.span[0], len(turn.heard.text))
    for token in turn.heard.tokens:
        if token.start > after[0]:
            later = turn.read("staff", turn.heard.only((token.start, after[1])), names=turn.business.staff_vocabulary(turn.language))
            if later.complete and later.value != ANYONE:
                return later
    return None


def _only_asks_whether(turn: Turn) -> bool:
    """ "Do you do highlights?", with no wish for them yet."""
    if turn.view.asks not in {"intent", "anything_else"} or turn.keys("intents"):
        return False
    if turn.read("datetime").mentions:  # "can you do a blow-dry on Wednesday at ten"
        return False
    return turn.heard_phrase("values", "service", "whether") is not None


def _values(reading: Reading) -> list[str]:
    values: list[Any] = [reading.value] if reading.complete else [item.value for item in reading.alternatives]
    return [value for value in values if isinstance(value, str)]


def _meant(turn: Turn, reading: Reading) -> list[str]:
    """The ids of the services that a reading may mean; a vague word stands for several."""
    values = _values(reading)
    for value in values:
        if (family := _turned_round(turn, reading, value)) is not None:
            return list(turn.business.family_answers(family, turn.language))
    return services_of(turn, [value for value in values if not value.startswith(OTHER)])


def _turned_round(turn: Turn, reading: Reading, value: str) -> str | None:
    """ "Une petite coupe" is no "coupe petite fille": the vague word in it, when the words of the name stand the other way round."""
    said = fold_words(turn.heard.at(reading.span)) if reading.span is not None else []
    family = next((key for key in turn.business.families if value in turn.business.family_answers(key, turn.language)), None)
    if family is None or len(said) < 2 or _to_the_word(turn, [value]):
        return None
    vague = {word for name in turn.business.family_vocabulary(turn.language)[family] for word in fold_words(name)}
    if said[-1] not in vague:
        return None
    names = [list(fold_words(name)) for name in turn.business.vocabulary(turn.language)[value]]
    holding = [name for name in names if set(said) <= set(name)]
    ordered = any([word for word in name if word in said] == list(said) for name in holding)
    return family if holding and not ordered else None


def _about_existing(turn: Turn) -> bool:
    """Whether a service that is named belongs to an appointment that the caller has already."""
    said = turn.found.facts.get("intent")
    intent = said.value if said is not None else turn.intent
    return intent in {"cancel", "reschedule"} and turn.known("service") is None


def read_staff(turn: Turn) -> None:
    """Somebody by name; no preference only counts when that was the question."""
    asked = turn.view.asks == "staff"
    if turn.found.questions or (turn.view.asks in {"name", "message"} and "name" not in turn.found.facts):
        return
    names = turn.business.staff_vocabulary(turn.language)
    reading = turn.read("staff", names=names)
    refused = [turn.span_of(match) for match in turn.matches if match.key == NONE_OF]
    others = turn.read("staff", turn.heard.without(refused), names=names) if refused else reading
    if refused and others.complete and others.value != ANYONE:  # "with Sofia instead of Léa"
        turn.found.fact("staff", others.value, others.span)
        return
    if reading.complete and reading.value != ANYONE and refused:
        if turn.view.asks == "agreed":  # "yes, but not with Karim"
            turn.found.act("wants_change", {"fact": "staff"})
        return
    if reading.complete and reading.value != ANYONE:
        turn.found.fact("staff", reading.value, reading.span)
    elif reading.status is Status.AMBIGUOUS and (last := _last_named(turn, reading)) is not None:
        turn.found.fact("staff", last.value, last.span)
    elif reading.status is Status.AMBIGUOUS and asked:
        turn.found.doubt("staff", reading.span, reading.alternatives)
    elif asked:
        match = turn.heard_phrase("values", "staff", "any")
        if match is not None or reading.complete:
            turn.found.fact("staff", ANYONE, turn.span_of(match) if match is not None else reading.span)
