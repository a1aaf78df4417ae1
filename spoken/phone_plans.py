"""Numbering plans: which digits are a number, which may become one, and where.

Validity comes from `phonenumbers`, which is imported when the first number is heard, never before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from spoken.context import Context
from spoken.lexicon import load

__all__ = [
    "can_receive_sms",
    "complete_number",
    "country_of",
    "learn_plans",
    "may_become_number",
    "plan_order",
    "said_alike",
    "shares_mobile_start",
]

_FILLS: Final = ("2345678901", "1111111111", "0000000000", "5555555555")
_MOBILE_KINDS: Final = ("mobile",)
_KINDS: Final = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip", "personal_number", "pager", "uan", "voicemail")
"""The kinds of numbers in the metadata of `phonenumbers` that somebody can be called back on."""
MAX_SHARING: Final = 4
"""Countries with the calling code of another that are looked at (+44: GB, GG, IM, JE)."""
_INTERNATIONAL_MAX: Final = 15
"""Digits of an E.164 number, without the plus."""
_FICTITIOUS: Final = {"447700900": 12, "441632960": 12, "3363998": 11, "3532091": 12}
"""How numbers begin that are set aside for films and books, and their digits: owners try the desk with them, `phonenumbers` has none.

Ofcom, "Telephone numbers for use in TV and radio drama programmes"; ARCEP, décision n° 2018-0881; ComReg, "Numbers for drama use".
The other ranges set aside (020 7946 0xxx, 01 99 00 xx xx, 030 23125 xxx …) lie in blocks that are in use.
"""
_FICTITIOUS_MOBILES: Final = ("447700", "33639")


@lru_cache(maxsize=1)
def _lib() -> Any:
    import phonenumbers

    return phonenumbers


def plan_order(language: str, context: Context) -> tuple[str, ...]:
    """Countries whose plan a number without prefix is read in, first match first (docs/conventions-spoken.md)."""
    spoken_in: list[str] = list(load(language, "phones")["countries"])
    order = [context.country, *spoken_in, context.business_country]
    return tuple(dict.fromkeys(country.upper() for country in order if country))


@lru_cache(maxsize=4096)
def _parse(digits: str, country: str | None) -> Any:
    lib = _lib()
    try:
        number = lib.parse(digits, country)
    except lib.NumberParseException:
        return None
    return number if lib.is_valid_number(number) or _fictitious(number) else None


def _fictitious(number: Any) -> bool:
    digits = _e164(number)[1:]
    return any(digits.startswith(start) and len(digits) == length for start, length in _FICTITIOUS.items())


def _may_become_fictitious(digits: str) -> bool:
    """Whether digits with their calling code are the beginning of a number that is set aside."""
    return any((start.startswith(digits) or digits.startswith(start)) and len(digits) < length for start, length in _FICTITIOUS.items())


def _e164(number: Any) -> str:
    return str(_lib().format_number(number, _lib().PhoneNumberFormat.E164))


@lru_cache(maxsize=256)
def _trunk(country: str) -> str:
    metadata = _lib().PhoneMetadata.metadata_for_region(country.upper(), None)
    return (metadata.national_prefix or "") if metadata else ""


@lru_cache(maxsize=256)
def _lengths(country: str, kind: str) -> tuple[int, ...]:
    metadata = _lib().PhoneMetadata.metadata_for_region(country.upper(), None)
    found: tuple[int, ...] = tuple(getattr(metadata, kind).possible_length) if metadata else ()
    if found and found[0] > 0:
        return found
    return tuple(metadata.general_desc.possible_length) if metadata and kind != "general_desc" else ()


def _is_mobile(number: Any) -> bool:
    kinds = _lib().PhoneNumberType
    if _fictitious(number):
        return _e164(number)[1:].startswith(_FICTITIOUS_MOBILES)
    return _lib().number_type(number) in (kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE)


def can_receive_sms(e164: str) -> bool:
    """Whether a number is a mobile one, or may be one where the plan does not tell (US, Canada)."""
    number = _parse(e164, None)
    return number is not None and _is_mobile(number)


def country_of(e164: str) -> str | None:
    """ISO country of a number; None when it is not valid."""
    number = _parse(e164, None)
    if number is None:
        return None
    return str(_lib().region_code_for_number(number) or _lib().region_code_for_country_code(number.country_code))


def said_alike(e164: str, countries: Iterable[str]) -> tuple[str, ...]:
    """The number, and those of other countries that are said with the same digits where no country is named.

    "Null sechs zwölf …" is a number in Germany and one in France.
    """
    number = _parse(e164, None)
    if number is None:
        return (e164,)
    country = str(_lib().region_code_for_country_code(number.country_code))
    digits = _trunk(country) + str(_lib().national_significant_number(number))
    found = [_national(digits, other.upper(), 1) for other in countries if _calling_code(other.upper())]
    return tuple(dict.fromkeys([e164, *(one for one in found if one is not None)]))


def _without_trunk(digits: str, country: str) -> str:
    trunk = _trunk(country)
    return digits[len(trunk) :] if trunk and digits.startswith(trunk) else digits


@lru_cache(maxsize=64)
def _patterns(country: str, mobile: bool) -> tuple[re.Pattern[str], ...]:
    """What national numbers look like in the countries that share a calling code, the mobile ones or all."""
    lib = _lib()
    regions = [country, *lib.COUNTRY_CODE_TO_REGION_CODE.get(_calling_code(country), ())]
    found: dict[str, None] = {}
    for region in dict.fromkeys(regions[: MAX_SHARING + 1]):
        metadata = lib.PhoneMetadata.metadata_for_region(region, None)
        for kind in _MOBILE_KINDS if mobile else _KINDS:
            pattern = getattr(getattr(metadata, kind, None), "national_number_pattern", None)
            if pattern:
                found[pattern] = None
    return tuple(re.compile(pattern) for pattern in found)


@lru_cache(maxsize=4096)
def _start_can_be(lead: str, country: str, mobile: bool) -> bool:
    """Some number of the plan begins with these national digits (after the trunk zero)."""
    patterns = _patterns(country, mobile)
    for length in _lengths(country, "mobile" if mobile else "general_desc"):
        missing = length - len(lead)
        if missing < 0:
            continue
        for fill in _FILLS:
            for first in "0123456789" if missing else "0":
                digits = lead + (first + fill * 2)[:missing]
                if any(pattern.fullmatch(digits) for pattern in patterns):
                    return True
    return False


@lru_cache(maxsize=256)
def _calling_code(country: str) -> int:
    return int(_lib().country_code_for_region(country.upper()))


def learn_plans(countries: tuple[str, ...]) -> None:
    """Load the plans of these countries, and compile what their numbers look like."""
    lib = _lib()
    for country in dict.fromkeys(countries):
        for mobile in (True, False):
            _patterns(country, mobile)
        for kind in (lib.PhoneNumberType.MOBILE, lib.PhoneNumberType.FIXED_LINE):
            example = lib.example_number_for_type(country, kind)
            if example is not None:
                national = lib.national_significant_number(example)
                for digits in (_trunk(country) + national, national + "1", f"+{_calling_code(country)}{national}"):
                    for order in ((country,), (*countries, country)):
                        complete_number(digits, order)
                may_become_number((_trunk(country) + national)[:5], countries)


def shares_mobile_start(digits: str, country: str) -> bool:
    """Whether national digits begin like a mobile number of this plan ("06…" in France)."""
    trunk = _trunk(country)
    if not trunk or not digits.startswith(trunk):
        return False
    lead = _without_trunk(digits, country)[:2]
    return len(lead) >= 1 and _start_can_be(lead, country, True)


def _national(digits: str, country: str, rank: int) -> str | None:
    """E.164 of national digits in one plan."""
    number = _parse(digits, country)
    if number is None or number.country_code != _calling_code(country):
        return None
    trunk = _trunk(country)
    if trunk == "0" and not digits.startswith(trunk) and (rank or not _is_mobile(number)):
        return None  # the zero is left out by some callers of mobile numbers, and only in their own plan
    if rank and not trunk and not _is_mobile(number) and len(digits) < 8:
        return None  # short numbers of an open plan fit nearly everything
    return _e164(number)


def _international(digits: str) -> str | None:
    number = _parse(digits, None)
    return _e164(number) if number is not None else None


def _with_plus(digits: str, country: str) -> str | None:
    """Digits after an exit code as "+…"; None when they do not begin with one."""
    if digits.startswith("+"):
        return digits
    if digits.startswith("00"):
        return "+" + digits[2:]
    if country == "US" and digits.startswith("011"):
        return "+" + digits[3:]
    return None


def complete_number(digits: str, order: tuple[str, ...], *, in_pairs: bool = False, known_country: bool = False) -> str | None:
    """E.164 of digits (may begin with "+"), or None when they are no number that we may be sure of.

    `in_pairs`: they were said two by two and end in a single digit, so one is missing where numbers are said that way.
    `known_country`: the first plan of the order is that of the caller's own number.
    """
    if not re.fullmatch(r"\+?[0-9]{5,17}", digits):
        return None
    exit_code = _with_plus(digits, order[0] if order else "")
    if exit_code is not None:
        return _international(exit_code)
    for rank, country in enumerate(order):
        if _calling_code(country) == 0:
            continue
        found = _national(digits, country, rank)
        if found is not None:
            earlier = order[:rank]
            if any(shares_mobile_start(digits, plan) for plan in earlier):
                return None
            waits = rank > 0 and (in_pairs or known_country) and _national_may_become(digits, order[0])
            return None if waits else found
    for country in order[:4]:
        code = str(_calling_code(country))
        if digits.startswith(code) and len(digits) >= 10 and (found := _international("+" + digits)):
            return found
    return None


def _national_may_become(digits: str, country: str) -> bool:
    rest = _without_trunk(digits, country)
    lengths = _lengths(country, "general_desc")
    if not lengths or len(rest) >= max(lengths):
        return False
    if not rest or _may_become_fictitious(f"{_calling_code(country)}{rest}"):
        return True
    if digits == rest and _trunk(country) == "0":
        return _start_can_be(rest[:4], country, True) and len(rest) < max(_lengths(country, "mobile") or (0,))
    return _start_can_be(rest[:4], country, False)


def may_become_number(digits: str, order: tuple[str, ...]) -> bool:
    """Whether more digits can make a number of these: the status *prefix*."""
    if not re.fullmatch(r"\+?[0-9]{1,16}", digits):
        return digits == "+"
    exit_code = _with_plus(digits, order[0] if order else "")
    if exit_code is not None:
        return _international_may_become(exit_code[1:])
    for country in order:
        if _national_may_become(digits, country):
            return True
        if shares_mobile_start(digits, country):
            return False  # too long for the plan it plainly belongs to
    return False


def _international_may_become(digits: str) -> bool:
    """A calling code, or the beginning of one, with too few digits behind it."""
    if len(digits) <= 2:
        return True
    known = _lib().COUNTRY_CODE_TO_REGION_CODE
    for length in (1, 2, 3):
        if len(digits) >= length and int(digits[:length]) in known:
            region = known[int(digits[:length])][0]
            rest = digits[length:]
            rest = _without_trunk(rest, region) if region != "001" else rest
            lengths = _lengths(region, "general_desc") if region != "001" else (_INTERNATIONAL_MAX - 3,)
            if not lengths or len(rest) >= max(lengths):
                return False
            begun = region == "001" or _start_can_be(rest[:4], region, False)
            return not rest or begun or _may_become_fictitious(f"{digits[:length]}{rest}")
    return len(digits) <= 3
