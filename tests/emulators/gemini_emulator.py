"""A server that speaks Gemini's streamGenerateContent on loopback, scripted like that of tests/emulators/openai_emulator.py."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.emulators.http_server import Exchange, HttpServer, Request
from tests.emulators.openai_emulator import KEY, Plan, event, play, send


def chunk(*parts: Mapping[str, Any], finish: str | None = None, **more: Any) -> bytes:
    candidate: dict[str, Any] = {"content": {"role": "model", "parts": list(parts)}, "index": 0}
    if finish:
        candidate["finishReason"] = finish
    return event({"candidates": [candidate], "modelVersion": "emulated", **more})


USAGE = {"promptTokenCount": 321, "candidatesTokenCount": 12, "totalTokenCount": 333}


def text_events(text: str, finish: str = "STOP") -> list[bytes]:
    words = [word if index == 0 else f" {word}" for index, word in enumerate(text.split(" "))]
    return [*(chunk({"text": word}) for word in words), chunk({"text": ""}, finish=finish, usageMetadata=USAGE)]


def call_events(*calls: tuple[str, Any], text: str = "") -> list[bytes]:
    parts = [chunk({"text": text})] if text else []
    found = [chunk({"functionCall": {"name": name, "args": arguments}}) for name, arguments in calls]
    return [*parts, *found, chunk(finish="STOP", usageMetadata=USAGE)]


def says(text: str, **plan: Any) -> Plan:
    return Plan([send(data) for data in text_events(text)], **plan)


def calls(*made: tuple[str, Any], text: str = "", **plan: Any) -> Plan:
    return Plan([send(data) for data in call_events(*made, text=text)], **plan)


def fails(status: int, name: str = "", *, details: list[Any] | None = None, headers: Mapping[str, str] | None = None) -> Plan:
    error = {"code": status, "message": f"emulated (key {KEY})", "status": name, "details": details or []}
    return Plan(status=status, body=json.dumps({"error": error}).encode(), content_type="application/json", headers=headers)


def retry_in(delay: str) -> dict[str, Any]:
    return {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay}


def over_daily_quota() -> dict[str, Any]:
    return {
        "@type": "type.googleapis.com/google.rpc.QuotaFailure",
        "violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}],
    }


class GeminiEmulator:
    """Answers request after request with `plans`; the last one again and again. Another key is 400 with the reason, as in the real one."""

    def __init__(self, *plans: Plan) -> None:
        self.plans = list(plans)
        self.requests: list[Request] = []
        self.server = HttpServer(self._respond)

    @property
    def base_url(self) -> str:
        return f"{self.server.url}/v1beta"

    @property
    def bodies(self) -> list[Any]:
        return [request.json for request in self.requests]

    async def _respond(self, request: Request, exchange: Exchange) -> None:
        self.requests.append(request)
        if request.headers.get("x-goog-api-key") != KEY:
            reason = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
            plan = fails(400, "INVALID_ARGUMENT", details=[reason])
        elif not request.path.startswith("/v1beta/models/emulated:streamGenerateContent?alt=sse"):
            plan = fails(404, "NOT_FOUND")
        else:
            plan = self.plans.pop(0) if len(self.plans) > 1 else self.plans[0]
        if plan.before_s:
            await exchange.wait(plan.before_s)
        await play(plan, exchange)
