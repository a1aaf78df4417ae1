"""What cannot be seen in one value of business.yaml alone: names that exist, hours that fit, texts in every language."""

from __future__ import annotations

import datetime as dt
import difflib
import zoneinfo
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from frontdesk.business.in_vain import check_in_vain
from frontdesk.business.iso import COUNTRIES, CURRENCIES
from frontdesk.business.languages import LANGUAGE_NAMES
from frontdesk.business.model import Business, Hours, at_work
from frontdesk.business.parts import Away, Closure, WeeklyHours
from frontdesk.business.values import WEEKDAYS
from frontdesk.business.vocabulary import plain
from fsm.problems import Problem
from fsm.yaml_source import Source

__all__ = ["check", "names_said"]


def check(business: Business, source: Source) -> list[Problem]:
    """Every problem between the parts of a business; `source` is the file it was read from, for the places."""
    checks: tuple[Callable[[Business, Source], Iterable[Problem]], ...] = (
        _world, _languages, _hours, _closures, _services, _staff, _families, _synonyms, _answers, check_in_vain,
    )  # fmt: skip
    return [problem for rule in checks for problem in rule(business, source)]


def _world(business: Business, source: Source) -> Iterator[Problem]:
    if business.country not in COUNTRIES:
        yield source.problem(
            "unknown-country", ("country",), f"There is no country {business.country}.", "Use the ISO code: FR, DE, GB, ES."
        )
    if business.currency not in CURRENCIES:
        yield source.problem("unknown-currency", ("currency",), f"There is no currency {business.currency}.", "Use the ISO code: EUR, GBP.")
    try:
        zoneinfo.ZoneInfo(business.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        hint = "Use a name such as Europe/Paris."
        yield source.problem("unknown-time-zone", ("time_zone",), f"There is no time zone “{business.time_zone}”.", hint)


def _languages(business: Business, source: Source) -> Iterator[Problem]:
    languages = business.languages
    for index, language in enumerate(languages):
        if language in languages[:index]:
            yield source.problem(
                "language-twice", ("languages", index), f"The language {language} stands here twice.", "Remove one of the two."
            )
    if business.default_language not in languages:
        hint = f"Use one of: {', '.join(languages)}."
        message = f"The default language {business.default_language} is not among the languages."
        yield source.problem("unknown-language", ("default_language",), message, hint)
    for place, texts in _texts(business):
        for language in languages:
            if not texts.get(language):
                message = f"This is missing in the language {language}."
                yield source.problem("missing-language", place, message, f"Add “{language}:” here.")
        for language in texts:
            if language not in {*languages, *LANGUAGE_NAMES}:  # what is written in one that calls are not answered in may stay
                message = f"No call is answered in the language {language}."
                hint = f"Remove it, or use one of: {', '.join(LANGUAGE_NAMES)}."
                yield source.problem("unknown-language", (*place, language), message, hint)


def _texts(business: Business) -> Iterator[tuple[tuple[str, ...], dict[str, str] | dict[str, tuple[str, ...]]]]:
    """Every text that must exist in each language, with its place."""
    for section, answers in (("access", business.access), ("payment", business.payment), ("policies", business.policies)):
        for key, answer in answers.items():
            yield (section, key, "asked_as"), answer.asked_as
            yield (section, key, "says"), answer.says
    yield ("address", "asked_as"), business.address.asked_as
    yield ("address", "says"), business.address.says
    for key, service in business.services.items():
        yield ("services", key, "name"), service.name
        yield ("services", key, "name_with_article"), service.name_with_article
        yield ("services", key, "synonyms"), service.synonyms
        for other, words in service.beside.items():
            yield ("services", key, "beside", other), words
        if service.about:
            yield ("services", key, "about"), service.about
    for key, family in business.families.items():
        yield ("families", key, "words"), family.words
        yield ("families", key, "question"), family.question
        for member, words in family.answers.items():
            yield ("families", key, "answers", member), words
    for key, item in business.not_offered.items():
        yield ("not_offered", key, "name"), item.name
        yield ("not_offered", key, "words"), item.words


def _hours(business: Business, source: Source) -> Iterator[Problem]:
    weeks: list[tuple[tuple[str, ...], WeeklyHours]] = [(("hours",), business.hours), (("handover", "hours"), business.handover.hours)]
    weeks += [(("staff", key, "hours"), person.hours) for key, person in business.staff.items()]
    for place, week in weeks:
        for weekday in WEEKDAYS:
            for earlier, later in pairwise(getattr(week, weekday)):
                if later[0] < earlier[1]:
                    message = f"The spans of {weekday} overlap or are not in order."
                    yield source.problem("overlapping-hours", (*place, weekday), message, "Write them in order, with a break between.")
    if not any(getattr(business.hours, weekday) for weekday in WEEKDAYS):
        yield source.problem("never-open", ("hours",), "The business is never open.", "Give at least one day its hours.")
    for key, person in business.staff.items():
        for weekday in WEEKDAYS:
            opening = getattr(business.hours, weekday)
            outside = [span for span in at_work(getattr(person.hours, weekday), person.lunch) if not _holds(opening, span)]
            if outside:
                spans = ", ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in outside)
                message = f"{person.name} works on {weekday} outside the opening hours: {spans}."
                yield source.problem("hours-outside", ("staff", key, "hours", weekday), message, "Change one of the two.")


def _holds(opening: Hours, span: tuple[dt.time, dt.time]) -> bool:
    return any(opens <= span[0] and span[1] <= closes for opens, closes in opening)


def _closures(business: Business, source: Source) -> Iterator[Problem]:
    spans: list[tuple[tuple[str | int, ...], Closure | Away]] = []
    spans += [(("closures", index), span) for index, span in enumerate(business.closures)]
    for key, person in business.staff.items():
        spans += [(("staff", key, "away", index), span) for index, span in enumerate(person.away)]
    for place, span in spans:
        if span.last < span.first:
            yield source.problem("ends-before-it-begins", place, "The last day lies before the first.", "Exchange the two.")
        elif span.last - span.first > dt.timedelta(days=366):
            yield source.problem("very-long-absence", place, "This is longer than a year.", "Check the year of both days.")


def _services(business: Business, source: Source) -> Iterator[Problem]:
    for key, service in business.services.items():
        place = ("services", key)
        written = _written(source, "services", key)
        if (service.minutes is not None and service.phases) or not written & {"minutes", "phases"}:
            message = f"“{key}” needs either minutes or phases."
            yield source.problem("no-duration", place, message, "Write minutes: 45, or a list of phases.")
        lengths: list[tuple[tuple[str | int, ...], int]] = [((*place, "minutes"), service.minutes or 0)]
        lengths += [((*place, "phases", index, "minutes"), phase.minutes) for index, phase in enumerate(service.phases)]
        for where, minutes in lengths:
            if minutes % 5:
                yield source.problem(
                    "odd-duration", where, f"A length of {minutes} minutes is not a multiple of five.", "Round it to five minutes."
                )
        for index, phase in enumerate(service.phases):
            if phase.stylist == "free" and index in {0, len(service.phases) - 1}:
                message = f"“{key}” begins or ends with a phase in which the stylist is free."
                yield source.problem("idle-phase", (*place, "phases", index), message, "The first and the last phase are busy.")
        price = service.price
        if (price.amount is not None and price.from_ is not None) or not _written(source, "services", key, "price"):
            message = f"The price of “{key}” needs either amount or from."
            yield source.problem("no-price", (*place, "price"), message, "Write {amount: 35}, or {from: 70}.")
        if not business.staff_for(key):
            message = f"Nobody does “{key}”."
            yield source.problem(
                "nobody-does-it", place, message, f"Add {key} to the skills of somebody under staff, or remove the service."
            )


def _staff(business: Business, source: Source) -> Iterator[Problem]:
    known = _written(source, "services") | set(business.services)
    names: dict[str, str] = {}
    for key, person in business.staff.items():
        for index, skill in enumerate(person.skills):
            if skill not in known:
                yield _unknown_service(source, ("staff", key, "skills", index), skill, known)
        for name in (person.name, *person.heard_as):
            other = names.setdefault(plain(name), key)
            if other != key:
                message = f"“{name}” may be {other} or {key}."
                yield source.problem("same-name", ("staff", key), message, "Give each their own names, with a surname if need be.")


def _families(business: Business, source: Source) -> Iterator[Problem]:
    known = _written(source, "services") | set(business.services)
    for key, service in business.services.items():
        unknown = (other for other in service.beside if other not in known)
        yield from (_unknown_service(source, ("services", key, "beside", other), other, known) for other in unknown)
    for key, family in business.families.items():
        for member in family.answers:
            if member not in known:
                yield _unknown_service(source, ("families", key, "answers", member), member, known)
        if len(family.answers) < 2:
            message = f"The family “{key}” has fewer than two services to choose from."
            yield source.problem(
                "small-family", ("families", key, "answers"), message, "Add a service, or make its words synonyms of the one."
            )


def _unknown_service(source: Source, place: tuple[str | int, ...], name: str, known: set[str]) -> Problem:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(sorted(known))}."
    return source.problem("unknown-service", place, f"There is no service “{name}”.", hint)


def _synonyms(business: Business, source: Source) -> Iterator[Problem]:
    """One phrase, one meaning; only services of one family may share a phrase, since the family's question tells them apart.

    People have one name in every language: "Karim" said of what is to be done would leave open by whom.
    """
    together = [set(family.answers) for family in business.families.values()]
    for language in business.languages:
        people = {plain(name): key for key, person in business.staff.items() for name in (person.name, *person.heard_as)}
        owners: dict[str, tuple[str, str]] = {name: ("staff", key) for name, key in people.items()}
        for section, key, place, phrase in names_said(business, language):
            words = plain(phrase)
            owner = owners.setdefault(words, (section, key))
            if owner == (section, key) or (section == owner[0] == "services" and any({key, owner[1]} <= family for family in together)):
                continue
            message = f"“{phrase}” means both {owner[1]} and {key} in {language}."
            apart = "Keep it in one place, or make both services answers of one family."
            hint = f"Remove it here: it is a name of {business.staff[owner[1]].name}." if owner[0] == "staff" else apart
            yield source.problem("same-words", place, message, hint)


def names_said(business: Business, language: str) -> Iterator[tuple[str, str, tuple[str | int, ...], str]]:
    """What callers call services, vague groups of them, and what is not offered: section, key, place in business.yaml, words."""
    for key, service in business.services.items():
        if language in service.name:
            yield "services", key, ("services", key, "name", language), service.name[language]
        for index, phrase in enumerate(service.synonyms.get(language, ())):
            yield "services", key, ("services", key, "synonyms", language, index), phrase
    for key, family in business.families.items():
        for index, phrase in enumerate(family.words.get(language, ())):
            yield "families", key, ("families", key, "words", language, index), phrase
    for key, item in business.not_offered.items():
        for index, phrase in enumerate(item.words.get(language, ())):
            yield "not_offered", key, ("not_offered", key, "words", language, index), phrase


def _answers(business: Business, source: Source) -> Iterator[Problem]:
    seen: dict[str, str] = {"address": "address"}
    for section, answers in (("access", business.access), ("payment", business.payment), ("policies", business.policies)):
        for key in answers:
            if seen.setdefault(key, section) != section:
                message = f"The answer “{key}” exists under {seen[key]} already."
                yield source.problem("answer-twice", (section, key), message, "Give one of the two another name.")
    sections = {"address": ("address",), **{key: (section, key) for key, section in seen.items() if key != "address"}}
    asked = [(key, (*sections[key], "asked_as"), answer.asked_as) for key, answer in business.answers().items()]
    yield from _apart(source, business.languages, asked, "asks for")
    for family_id, family in business.families.items():
        chosen = [(member, ("families", family_id, "answers", member), words) for member, words in family.answers.items()]
        yield from _apart(source, business.languages, chosen, "chooses")


def _apart(
    source: Source, languages: Iterable[str], groups: Sequence[tuple[str, tuple[str, ...], dict[str, tuple[str, ...]]]], verb: str
) -> Iterator[Problem]:
    """Within these groups a phrase leads to one of them only."""
    for language in languages:
        owners: dict[str, str] = {}
        for key, place, phrases in groups:
            for index, phrase in enumerate(phrases.get(language, ())):
                if owners.setdefault(plain(phrase), key) != key:
                    message = f"“{phrase}” {verb} both {owners[plain(phrase)]} and {key} in {language}."
                    yield source.problem("same-words", (*place, language, index), message, "Keep it in one place.")


def _written(source: Source, *place: str) -> set[str]:
    """The names as written at a place, also of what could not be read: a broken service is not a missing one as well."""
    part = source.data
    for name in place:
        part = part.get(name) if isinstance(part, dict) else None
    return set(part) if isinstance(part, dict) else set()
