"""Rehearsed calls as JUnit XML, which every build server reads. Without times: the same calls give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as ET

from frontdesk.rehearsing.suite import Case, Played

__all__ = ["junit_xml"]

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(played: Sequence[tuple[Case, Played]]) -> str:
    """One suite for each kind of case; a failure has the dialogue in it."""
    top = ET.Element("testsuites", _counts(played, name="frontdesk"))
    for kind in dict.fromkeys(case.kind for case, _ in played):
        ours = [(case, went) for case, went in played if case.kind == kind]
        suite = ET.SubElement(top, "testsuite", _counts(ours, name=f"frontdesk.{kind}"))
        for case, went in ours:
            name = _clean(f"{case.name}[{case.language}]")
            element = ET.SubElement(suite, "testcase", {"name": name, "classname": f"frontdesk.{kind}", "file": _clean(case.file)})
            if went.not_yet is not None:
                ET.SubElement(element, "skipped", {"message": _clean(f"known to go otherwise: {went.not_yet}")})
            elif went.wrong:
                failure = ET.SubElement(element, "failure", {"message": _clean(went.wrong[0]), "type": "differs"})
                failure.text = _clean("\n".join([case.title, *went.shown]))
    ET.indent(top)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(top, encoding="unicode") + "\n"


def _counts(played: Sequence[tuple[Case, Played]], *, name: str) -> dict[str, str]:
    failures = sum(went.differs for _, went in played)
    known = sum(went.not_yet is not None for _, went in played)
    return {"name": name, "tests": str(len(played)), "failures": str(failures), "errors": "0", "skipped": str(known)}


def _clean(text: str) -> str:
    """Without the few characters that XML cannot hold; a caller, or a transcript, can bring any."""
    return _NOT_XML.sub("\ufffd", text)
