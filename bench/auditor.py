"""How well does the claim auditor judge the labelled sentences, and how long does it take a sentence?"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Scripts of this folder have names of packages.
sys.path = [str(ROOT), *(path for path in sys.path if Path(path or ".").resolve() != ROOT / "bench")]

from frontdesk.business import load_business  # noqa: E402
from frontdesk.prompting.audit import Auditor, load_audit_words  # noqa: E402
from tests.prompting.audit.labelled import LANGUAGES, first_measurements, house_passages, records, score, sentences  # noqa: E402


def main() -> None:
    """Prints a table, and every sentence that was judged wrongly."""
    business = load_business(ROOT / "business.yaml", "business.yaml")
    auditor = Auditor(business, load_audit_words(ROOT / "prompts" / "audit", LANGUAGES), house_passages())
    print("language   true  false  precision  recall  false passed  true cut  p50 ms  p99 ms")
    wrong: list[str] = []
    for language in LANGUAGES:
        found = score(auditor, language)
        taken = []
        for item in sentences(language):
            started = time.thread_time()  # processor time: what else runs on the machine does not count
            auditor.audit(item.text, records()[item.record], language)
            taken.append((time.thread_time() - started) * 1000)
        taken.sort()
        print(
            f"{language:9}{found.true:6}{found.false:7}{found.precision:11.2%}{found.recall:8.2%}"
            f"{len(found.wrongly_passed) / found.false:14.2%}{len(found.wrongly_cut) / found.true:10.2%}"
            f"{taken[len(taken) // 2]:8.2f}{taken[len(taken) * 99 // 100]:8.2f}"
        )
        wrong += [f"passed ({language}, {item.record}): {item.text}" for item in found.wrongly_passed]
        wrong += [f"cut ({language}, {item.record}): {item.text} {[r.code for r in reasons]}" for item, reasons in found.wrongly_cut]
    print(*wrong, sep="\n")
    print("\nFirst measurements, of sentences that the auditor had never met (all of them are in the table above by now):")
    for batch in first_measurements():
        print(f"{batch['batch']:10}{batch['auditor']:45}false passed {batch['false_passed']:>8}   true cut {batch['true_cut']:>8}")


if __name__ == "__main__":
    main()
