"""What a language model words freely is checked against live records, sentence by sentence, before it may be spoken."""

from __future__ import annotations

from frontdesk.prompting.audit.auditor import Auditor
from frontdesk.prompting.audit.record import Done, Record
from frontdesk.prompting.audit.stream import SentenceStream
from frontdesk.prompting.audit.verdict import Reason, Verdict
from frontdesk.prompting.audit.words import AuditWords, load_audit_words

__all__ = ["AuditWords", "Auditor", "Done", "Reason", "Record", "SentenceStream", "Verdict", "load_audit_words"]
