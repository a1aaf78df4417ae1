"""Prices, durations and telephone numbers: figures that only a record makes true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from frontdesk.prompting.audit.knowledge import Knowledge
from frontdesk.prompting.audit.record import Record
from frontdesk.prompting.audit.sentence import Number, Sentence
from frontdesk.prompting.audit.verdict import Reason
from frontdesk.prompting.audit.words import flatten
from spoken.say_letters import say_email

__all__ = ["contacts", "durations", "prices"]

_PHONE_LENGTH: Final = 6
_NOUGHT: Final = frozenset({"o", "oh", "nul"})
_AT: Final = re.compile(r"\S+@\S+")


def _claim(sentence: Sentence, code: str, start: int, end: int) -> Reason:
    return Reason(code, (start, end), sentence.text[start:end])


# --- telephone numbers and addresses ----------------------------------------------------------------------------------


def _runs(sentence: Sentence) -> Iterator[tuple[str, int, int, int]]:
    """Numbers dictated one after the other: their digits, how many numbers, and where they stand."""
    by_first = {number.first: number for number in sentence.numbers}
    at, count = 0, len(sentence.tokens)
    while at < count:
        digits, items, start, last = "", 0, at, at
        while at < count:
            number = by_first.get(at)
            if number is not None:
                digits += _digits(sentence, number)
                items, at = items + 1, number.last
            elif items and sentence.tokens[at].text in _NOUGHT:
                digits, items, at = digits + "0", items + 1, at + 1
            else:
                break
            last = at
        if items:
            yield digits, items, sentence.tokens[start].start, sentence.tokens[last - 1].end
        else:
            at = start + 1


def _digits(sentence: Sentence, number: Number) -> str:
    first = sentence.tokens[number.first]
    return first.text if first.is_number and number.last == number.first + 1 else str(number.value)


def _forms(phone: str) -> tuple[str, ...]:
    """How an E.164 number may be dictated: international, and national with and without its nought."""
    digits = phone.lstrip("+")
    national = [digits[length:] for length in (1, 2, 3)]
    return (digits, "00" + digits, *national, *("0" + form for form in national))


def contacts(sentence: Sentence, knowledge: Knowledge, record: Record) -> Iterator[Reason]:
    """Telephone numbers and e-mail addresses that nobody gave."""
    business = knowledge.business
    known = (*record.phones, business.phone, *filter(None, [business.handover.number]))
    whole = {form for phone in known for form in _forms(phone)}
    ends_in = sentence.words["ends_in"].search(sentence.plain)
    for digits, items, start, end in _runs(sentence):
        tail = ends_in is not None and 0 <= start - ends_in.end() <= 2
        if tail:
            if any(phone.endswith(digits) for phone in known):
                sentence.settle(start, end)
            else:
                yield _claim(sentence, "phone", start, end)
        elif items >= 4 or (items >= 3 and len(digits) >= _PHONE_LENGTH):
            if digits in whole:
                sentence.settle(start, end)
            else:
                yield _claim(sentence, "phone", start, end)
                sentence.settle(start, end)
    given = False
    for mail in record.emails:
        words = flatten(say_email(mail, sentence.words.language)).replace(",", " ").split()
        for match in re.finditer(r"[\s,]+".join(map(re.escape, words)), sentence.plain):
            sentence.settle(*match.span())
            given = True
    if given:
        return
    for pattern, text in ((_AT, sentence.text), (sentence.words["at_sign"], sentence.plain)):
        found = pattern.search(text)
        if found:
            yield _claim(sentence, "email", *found.span())
            return


# --- prices -----------------------------------------------------------------------------------------------------------


def prices(sentence: Sentence, knowledge: Knowledge, record: Record) -> Iterator[Reason]:
    """Amounts of money, "free of charge" and reductions."""
    words, plain = sentence.words, sentence.plain
    for found in words["discounts"].finditer(plain):
        if not sentence.denied(*found.span()):
            yield _claim(sentence, "price", *found.span())
    mentions = knowledge.services_in(plain)
    beside = [clause for clause in sentence.clauses if any(clause[0] <= number.span[0] < clause[1] for number in _amounts(sentence))]
    close = [mention for mention in mentions if any(start <= mention.start < end for start, end in beside)]
    named = [mention.id for mention in close or mentions]
    services = [key for key in named if key in knowledge.business.services] or ([record.service] if record.service else [])
    for found in words["free_of_charge"].finditer(plain):
        if any(first <= found.start() and found.end() <= last for first, last in sentence.harmless):
            continue
        free = bool(services) and all(_least(knowledge, key) == 0 for key in services)
        if not free and not sentence.denied(*found.span()) and not _house_says(sentence, knowledge, *found.span()):
            yield _claim(sentence, "price", *found.span())
        sentence.settle(*found.span())
    amounts = _amounts(sentence)
    if not amounts:
        return
    start, end = amounts[0].span[0], amounts[-1].span[1]
    for number in amounts:
        sentence.settle(*number.span, house=True)
    values = [Decimal(number.value) for number in amounts]
    if not _are_prices(sentence, knowledge, values, services, bool(named), amounts):
        yield _claim(sentence, "price", start, end)


def _least(knowledge: Knowledge, service: str) -> Decimal:
    price = knowledge.business.services[service].price
    value = price.amount if price.amount is not None else price.from_
    return Decimal(str(value))


def _are_prices(
    sentence: Sentence, knowledge: Knowledge, values: list[Decimal], services: list[str], named: bool, amounts: list[Number]
) -> bool:
    services = list(dict.fromkeys(services))
    if sentence.denied(*amounts[0].span) or sentence.words["superlatives"].search(sentence.plain):
        return False
    if len(values) == len(services):
        for key, value, number in zip(services, values, amounts, strict=True):
            fixed = knowledge.business.services[key].price.is_fixed
            if value != _least(knowledge, key):
                return False
            low, high = sentence.clause_of(number.span[0])
            if not fixed and not sentence.words["from_price"].search(sentence.plain, low if named else 0, high):
                return False
        return True
    every = sorted(_least(knowledge, key) for key in knowledge.business.services)
    paid = [value for value in every if value]
    return not named and len(values) == 2 and values[0] in (every[0], paid[0]) and values[1] == every[-1]


def _amounts(sentence: Sentence) -> list[Number]:
    """Numbers of money; the first of "between twelve and sixty euros" too."""
    found: list[Number] = []
    for index in range(len(sentence.numbers) - 1, -1, -1):
        number = sentence.numbers[index]
        behind = sentence.tokens[number.last] if number.last < len(sentence.tokens) else None
        if (behind is not None and sentence.words["money"].fullmatch(flatten(behind.raw))) or (
            found
            and behind is not None
            and flatten(behind.raw) in sentence.words.numbers_between
            and number.last + 1 >= found[0].first - 2
            and number.value > 1
            and sentence.numbers[index + 1] is found[0]
            and found[0].first - number.last <= 2
        ):
            found.insert(0, number)
    return found


def _house_says(sentence: Sentence, knowledge: Knowledge, start: int, end: int) -> bool:
    """Whether a text of the house that the sentence names says that something is free of charge."""
    about = f"{sentence.plain[:start]} {sentence.plain[end:]}"
    return any(sentence.words["free_of_charge"].search(text.plain) for text in knowledge.asked(about))


# --- durations --------------------------------------------------------------------------------------------------------


def durations(sentence: Sentence, knowledge: Knowledge, record: Record) -> Iterator[Reason]:
    """How long something takes."""
    claims = list(_durations(sentence))
    if not claims:
        return
    named = [mention.id for mention in knowledge.services_in(sentence.plain)]
    services = list(dict.fromkeys(named)) or ([record.service] if record.service else [])
    lasts = sentence.words["lasts"].search(sentence.plain) is not None
    for index, (minutes, start, end, numbers) in enumerate(claims):
        if _house_lasts(sentence, knowledge, minutes, start, end) or (not numbers and _says_so(sentence, knowledge, start, end)):
            sentence.settle(start, end, house=True)
            continue
        true = False
        if lasts or named:
            if len(services) == 1 and len(claims) == 1:
                true = minutes == knowledge.business.duration_min(services[0])
            elif len(services) == len(claims):
                true = minutes == knowledge.business.duration_min(services[index])
        if not true or sentence.denied(start, end):
            yield _claim(sentence, "duration", start, end)
        sentence.settle(start, end, house=True)


def _house_lasts(sentence: Sentence, knowledge: Knowledge, minutes: int, start: int, end: int) -> bool:
    """Whether a text of the house on the same subject gives the same length of time, in whatever words."""
    rest = f"{sentence.plain[:start]} {sentence.plain[end:]}"
    texts = knowledge.asked(rest) if knowledge.services_in(rest) else [text for text, _ in knowledge.about(rest)]
    return any(minutes == other for text in texts for other, *_ in _durations(text))


def _says_so(sentence: Sentence, knowledge: Knowledge, start: int, end: int) -> bool:
    phrase = sentence.plain[start:end]
    about = knowledge.content(sentence.plain[:start] + sentence.plain[end:])
    return any(phrase in text.plain and about & subject for text, subject in zip(knowledge.texts, knowledge.subjects, strict=True))


def _durations(sentence: Sentence) -> Iterator[tuple[int, int, int, list[Number]]]:
    """Lengths of time in order: minutes, where they stand, and their numbers. Clock times are left alone."""
    words, tokens = sentence.words, sentence.tokens
    found: list[tuple[int, int, int, list[Number]]] = []

    def taken(start: int, end: int) -> bool:
        return sentence.is_settled(start, end) or any(s < end and start < e for _, s, e, _ in found)

    for pattern, minutes in words.duration_phrases:
        matches = [match.span() for match in pattern.finditer(sentence.plain)]
        found += [(minutes, start, end, []) for start, end in matches if not taken(start, end)]
    lasts = words["lasts"].search(sentence.plain) is not None
    used: set[int] = set()
    for index, number in enumerate(sentence.numbers):
        if index in used or number.last >= len(tokens) or taken(*number.span):
            continue
        unit = flatten(tokens[number.last].raw)
        start, end = number.span[0], tokens[number.last].end
        numbers = [number]
        if unit in words.minutes:
            minutes = number.value
        elif unit in words.hours and (not words.hours_are_clock or lasts or number.value in (24, 48, 72)):
            minutes = number.value * 60
            half = words.half.match(sentence.plain, end + 1)
            following = sentence.numbers[index + 1] if index + 1 < len(sentence.numbers) else None
            if half is not None:
                minutes, end = minutes + 30, half.end()
            elif following is not None and following.first - number.last <= 2:
                more = following.last < len(tokens) and flatten(tokens[following.last].raw) in words.minutes
                if more or (words.hours_are_clock and following.first == number.last + 1):
                    minutes += following.value
                    end = tokens[following.last].end if more else following.span[1]
                    numbers.append(following)
                    used.add(index + 1)
        else:
            continue
        found.append((minutes, start, end, numbers))
    yield from sorted(found, key=lambda item: item[1])
