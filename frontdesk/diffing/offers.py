"""What the business offers and answers: services, prices, families, what is not offered, and the answers to callers' questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from frontdesk.business import Business
from frontdesk.business.languages import LANGUAGE_NAMES
from frontdesk.business.parts import Answer, Phase, Price, Service
from frontdesk.diffing.change import Change, Grade
from frontdesk.diffing.side import Side
from frontdesk.diffing.wording import plain_list
from fsm.counted import counted

__all__ = ["offer_changes"]

_FILE = "business.yaml"
_MOST_QUOTED = 4


def offer_changes(old: Side, new: Side) -> Iterator[Change]:
    """Services and answers of business.yaml."""
    before, after = old.business, new.business
    for key in (key for key in before.services if key not in after.services):
        yield _look(f"{_named(before, key)} can no longer be booked.")
    for key in (key for key in after.services if key not in before.services):
        minutes = f"{counted(after.duration_min(key), 'minute')}, {_price(after.services[key].price, after)}"
        yield _look(f"{_named(after, key)} can be booked now: {minutes}.")
    for key in (key for key in before.services if key in after.services):
        yield from _service(key, before, after)
    yield from _vague_words(before, after)
    yield from _not_offered(before, after)
    yield from _answers(before, after)
    for part in ("street", "postal_code", "city"):
        was, now = getattr(before.address, part), getattr(after.address, part)
        if was != now:
            yield _look(f"The address is {now} now, no longer {was} (text messages carry it).")


def _look(sentence: str) -> Change:
    return Change(Grade.LOOK, sentence, _FILE)


def _named(business: Business, key: str) -> str:
    name = business.service_name(key, business.default_language)
    return f"“{name}”"


def _price(price: Price, business: Business) -> str:
    amount = (price.amount if price.is_fixed else price.from_) or 0
    if amount == 0:
        return "free of charge"
    return f"{'' if price.is_fixed else 'from '}{f'{amount:.2f}' if amount % 1 else f'{amount:.0f}'} {business.currency}"


def _service(key: str, old: Business, new: Business) -> Iterator[Change]:
    before, after = old.services[key], new.services[key]
    name = _named(new, key)
    if before == after and old.currency == new.currency:
        return
    if before.price != after.price:
        yield _look(f"{name} costs {_price(after.price, new)} now, no longer {_price(before.price, old)}.")
    if old.duration_min(key) != new.duration_min(key):
        yield _look(f"{name} takes {new.duration_min(key)} minutes now, no longer {old.duration_min(key)}.")
    elif old.phases(key) != new.phases(key):
        now, was = _busy(new.phases(key)), _busy(old.phases(key))
        yield _look(f"In {name} somebody else can be served at other times: it is {now} now, no longer {was}.")
    yield from _named_and_described(name, before, after)
    yield from _words(f"as {name}", before.synonyms, after.synonyms)


def _busy(phases: Sequence[Phase]) -> str:
    return plain_list([f"{phase.minutes} minutes {phase.stylist}" for phase in phases])


def _named_and_described(name: str, before: Service, after: Service) -> Iterator[Change]:
    for field, what in (("name", "is called"), ("name_with_article", "is spoken of as"), ("about", "is described as")):
        was, now = getattr(before, field), getattr(after, field)
        for language in sorted({*was, *now}):
            if was.get(language) != now.get(language):
                said = f"“{now[language]}” now" if language in now else "nothing now"
                yield _look(f"In {LANGUAGE_NAMES.get(language, language)} {name} {what} {said}, no longer “{was.get(language, '')}”.")


def _words(meaning: str, before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> Iterator[Change]:
    for language in sorted({*before, *after}):
        was, now = before.get(language, ()), after.get(language, ())
        gone, added = [one for one in was if one not in now], [one for one in now if one not in was]
        where = f"In {LANGUAGE_NAMES.get(language, language)}"
        if gone:
            yield _look(f"{where} {_quoted(gone)} {'is' if len(gone) == 1 else 'are'} no longer understood {meaning}.")
        if added:
            yield Change(Grade.HARMLESS, f"{where} {_quoted(added)} {'is' if len(added) == 1 else 'are'} now understood {meaning}.", _FILE)


def _quoted(words: Sequence[str]) -> str:
    shown = [f"“{word}”" for word in words[:_MOST_QUOTED]]
    return plain_list([*shown, f"{len(words) - _MOST_QUOTED} more"] if len(words) > _MOST_QUOTED else shown)


def _vague_words(old: Business, new: Business) -> Iterator[Change]:
    for key in (key for key in old.families if key not in new.families):
        yield _look(
            f"Callers who say {_quoted(old.families[key].words[old.default_language])} are no longer asked back which service they mean."
        )
    for key in (key for key in new.families if key not in old.families):
        yield _look(f"Callers who say {_quoted(new.families[key].words[new.default_language])} are now asked back which service they mean.")
    for key in (key for key in old.families if key in new.families and old.families[key] != new.families[key]):
        before, after = old.families[key], new.families[key]
        yield from _sentences("question", key, before.question, after.question)
        yield from _words(f"as the vague word {key}", before.words, after.words)
        for member in (one for one in before.answers if one not in after.answers):
            yield _look(f"After the vague word {key} callers can no longer choose {_named(old, member)}.")
        for member in (one for one in after.answers if one not in before.answers):
            yield _look(f"After the vague word {key} callers can now choose {_named(new, member)}.")
        for member in (one for one in after.answers if one in before.answers):
            meaning = f"as {_named(new, member)} after the vague word {key}"
            yield from _words(meaning, before.answers[member], after.answers[member])


def _not_offered(old: Business, new: Business) -> Iterator[Change]:
    for key in (key for key in old.not_offered if key not in new.not_offered):
        yield _look(f"Callers are no longer told that “{old.not_offered[key].name[old.default_language]}” is not offered.")
    for key in (key for key in new.not_offered if key not in old.not_offered):
        yield _look(f"Callers are now told that “{new.not_offered[key].name[new.default_language]}” is not offered.")
    for key in (key for key in old.not_offered if key in new.not_offered):
        yield from _words(f"as {key}, which is not offered", old.not_offered[key].words, new.not_offered[key].words)
        yield from _sentences("name", key, old.not_offered[key].name, new.not_offered[key].name)


def _answers(old: Business, new: Business) -> Iterator[Change]:
    before: Mapping[str, Answer] = old.answers()
    after: Mapping[str, Answer] = new.answers()
    for key in (key for key in before if key not in after):
        yield _look(f"Questions about {key.replace('_', ' ')} are no longer answered.")
    for key in (key for key in after if key not in before):
        yield _look(f"Questions about {key.replace('_', ' ')} are answered now: “{after[key].says[new.default_language]}”")
    for key in (key for key in before if key in after and before[key] != after[key]):
        yield from _sentences("answer", key, before[key].says, after[key].says)
        yield from _words(f"as a question about {key.replace('_', ' ')}", before[key].asked_as, after[key].asked_as)


def _sentences(what: str, key: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for language in sorted({*before, *after}):
        was, now = before.get(language), after.get(language)
        if was is not None and now is not None and was != now:
            name = LANGUAGE_NAMES.get(language, language)
            yield _look(f"{'An' if name[0] in 'AEIOU' else 'A'} {name} {what} changed ({key.replace('_', ' ')}): “{was}” is now “{now}”")
