"""How well does the claim auditor judge the labelled sentences, and how long does it take a sentence?"""

from __future__ import annotations

import time
from pathlib import Path

from frontdesk.business import load_business
from frontdesk.prompting.audit import Auditor, load_audit_words
from tests.prompting.audit.labelled import LANGUAGES, records, score, sentences

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Prints a table, and every sentence that was judged wrongly."""
    business = load_business(ROOT / "business.yaml", "business.yaml")
    auditor = Auditor(business, load_audit_words(ROOT / "prompts" / "audit", LANGUAGES))
    print(f"{'language':9}{'true':>6}{'false':>7}{'precision':>11}{'recall':>8}{'false passed':>14}{'true cut':>10}{'p50 ms':>8}{'p99 ms':>8}")
    wrong: list[str] = []
    for language in LANGUAGES:
        found = score(auditor, language)
        taken = []
        for item in sentences(language):
            started = time.perf_counter()
            auditor.audit(item.text, records()[item.record], language)
            taken.append((time.perf_counter() - started) * 1000)
        taken.sort()
        print(
            f"{language:9}{found.true:6}{found.false:7}{found.precision:11.2%}{found.recall:8.2%}"
            f"{len(found.wrongly_passed) / found.false:14.2%}{len(found.wrongly_cut) / found.true:10.2%}"
            f"{taken[len(taken) // 2]:8.2f}{taken[len(taken) * 99 // 100]:8.2f}"
        )
        wrong += [f"passed ({language}, {item.record}): {item.text}" for item in found.wrongly_passed]
        wrong += [f"cut ({language}, {item.record}): {item.text} {[r.code for r in reasons]}" for item, reasons in found.wrongly_cut]
    print(*wrong, sep="\n")


if __name__ == "__main__":
    main()
