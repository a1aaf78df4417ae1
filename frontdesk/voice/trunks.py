"""Trunks and dispatch rules of a LiveKit server, by its own interface."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
from livekit import api

from frontdesk.voice.trunk_plan import EMPTY_S, LEFT_S, Change, Found, PhoneConflict, Rule, Trunk

__all__ = ["PhoneServer", "ServerProblem", "phone_server"]


class ServerProblem(Exception):
    """The server cannot be used; the message is one sentence that says what to do."""


class PhoneServer:
    """A LiveKit server, as far as the phone is concerned. Every method raises ServerProblem."""

    def __init__(self, service: api.LiveKitAPI, url: str) -> None:
        self._service, self._url = service, url

    async def found(self) -> Found:
        """The trunks and rules that are there."""
        async with self._asking():
            trunks = await self._service.sip.list_inbound_trunk(api.ListSIPInboundTrunkRequest())
            rules = await self._service.sip.list_dispatch_rule(api.ListSIPDispatchRuleRequest())
        return Found(tuple(_trunk(info) for info in trunks.items), tuple(_rule(info) for info in rules.items))

    async def rooms(self) -> int:
        """How many calls there are, of any kind. Also the cheapest way to see that the key is taken."""
        async with self._asking():
            return len((await self._service.room.list_rooms(api.ListRoomsRequest())).rooms)

    async def carry_out(self, changes: Sequence[Change]) -> None:
        """Does them in order. Also raises PhoneConflict: somebody else may have changed things meanwhile."""
        trunk_id = ""
        for change in changes:
            async with self._asking():
                if isinstance(change.after, Trunk):
                    trunk_id = await self._trunk(change, change.after)
                else:
                    await self._rule(change, change.after, trunk_id)

    async def _trunk(self, change: Change, trunk: Trunk) -> str:
        if change.remove:
            await self._service.sip.delete_trunk(api.DeleteSIPTrunkRequest(sip_trunk_id=trunk.id))
            return trunk.id
        if change.before is None:
            info = api.SIPInboundTrunkInfo()
        else:  # what was set by other hands, a password or headers, stays
            listed = await self._service.sip.list_inbound_trunk(api.ListSIPInboundTrunkRequest(trunk_ids=[trunk.id]))
            info = listed.items[0]
        info.name = trunk.name
        info.numbers[:] = trunk.numbers
        info.allowed_addresses[:] = trunk.addresses
        info.ringing_timeout.seconds = trunk.ringing_s
        if change.before is None:
            made = await self._service.sip.create_inbound_trunk(api.CreateSIPInboundTrunkRequest(trunk=info))
        else:
            made = await self._service.sip.update_inbound_trunk(trunk.id, info)
        return str(made.sip_trunk_id)

    async def _rule(self, change: Change, rule: Rule, trunk_id: str) -> None:
        if change.remove:
            await self._service.sip.delete_dispatch_rule(api.DeleteSIPDispatchRuleRequest(sip_dispatch_rule_id=rule.id))
            return
        rule = replace(rule, trunks=tuple(trunk or trunk_id for trunk in rule.trunks))
        if change.before is None:
            info = api.SIPDispatchRuleInfo()
        else:
            listed = await self._service.sip.list_dispatch_rule(api.ListSIPDispatchRuleRequest(dispatch_rule_ids=[rule.id]))
            info = listed.items[0]
        info.name = rule.name
        info.trunk_ids[:] = rule.trunks
        info.rule.CopyFrom(api.SIPDispatchRule(dispatch_rule_individual=api.SIPDispatchRuleIndividual(room_prefix=rule.room_prefix)))
        agents = [api.RoomAgentDispatch(agent_name=agent) for agent in rule.agents]
        info.room_config.CopyFrom(api.RoomConfiguration(agents=agents, empty_timeout=EMPTY_S, departure_timeout=LEFT_S))
        if change.before is None:
            await self._service.sip.create_dispatch_rule(api.CreateSIPDispatchRuleRequest(dispatch_rule=info))
        else:
            await self._service.sip.update_dispatch_rule(rule.id, info)

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[None]:
        """Turns what can go wrong on the way into a sentence."""
        try:
            yield
        except api.TwirpError as error:
            if error.status in {401, 403}:
                raise ServerProblem(f"The LiveKit server at {self._url} does not take LIVEKIT_API_KEY and LIVEKIT_API_SECRET.") from None
            if error.code in {"invalid_argument", "already_exists"}:
                raise PhoneConflict(f"The LiveKit server at {self._url} refuses: {error.message}.") from None
            if "sip not connected" in error.message:
                raise ServerProblem(f"The LiveKit server at {self._url} cannot do SIP: it has to be connected to Redis.") from None
            raise ServerProblem(f"The LiveKit server at {self._url} failed: {error.message}.") from None
        except TimeoutError:
            raise ServerProblem(f"The LiveKit server at {self._url} does not answer in time.") from None
        except aiohttp.ClientError:
            raise ServerProblem(f"There is no LiveKit server at {self._url}: start one (make line), or set LIVEKIT_URL.") from None


@asynccontextmanager
async def phone_server(url: str, key: str, secret: str, *, deadline_s: float = 5.0) -> AsyncIterator[PhoneServer]:
    """The server at `url`; each request is given up after `deadline_s`."""
    async with api.LiveKitAPI(url, key, secret, timeout=aiohttp.ClientTimeout(total=deadline_s), failover=False) as service:
        yield PhoneServer(service, url)


def _trunk(info: api.SIPInboundTrunkInfo) -> Trunk:
    return Trunk(
        name=info.name,
        numbers=tuple(sorted(info.numbers)),
        addresses=tuple(sorted(info.allowed_addresses)),
        ringing_s=int(info.ringing_timeout.seconds),
        callers=tuple(sorted(info.allowed_numbers)),
        id=info.sip_trunk_id,
    )


def _rule(info: api.SIPDispatchRuleInfo) -> Rule:
    kind = info.rule.WhichOneof("rule")
    chosen = getattr(info.rule, kind) if kind else None
    return Rule(
        name=info.name,
        trunks=tuple(sorted(info.trunk_ids)),
        agents=tuple(agent.agent_name for agent in info.room_config.agents),
        individual=kind == "dispatch_rule_individual",
        room_prefix=str(getattr(chosen, "room_prefix", "")),
        pin=str(getattr(chosen, "pin", "")),
        id=info.sip_dispatch_rule_id,
    )
