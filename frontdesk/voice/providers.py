"""Ears, voice and the detector of voices, from the settings of an installation."""

from __future__ import annotations

from typing import Any, Final

from livekit.agents import stt, tts, vad
from livekit.plugins import deepgram, elevenlabs, silero

from frontdesk.business import Business
from frontdesk.settings import Settings
from frontdesk.voice.espeak import EspeakTTS, find_espeak

__all__ = ["NotReady", "hears_several", "make_ears", "make_vad", "make_voice", "missing", "set_ears_language", "set_voice_language"]

_PAUSE_S: Final = 0.25
"""After so long without a voice, a voice has ended; shorter than any pause that ends a turn."""
_MOST_TERMS: Final = 60
"""As many key terms as go into one request."""
_SEVERAL: Final = "multi"
"""Deepgram's name for: any of English, French, German, Spanish and some more, also mixed (`nova-3`)."""


class NotReady(Exception):
    """The phone cannot be answered; the message is one sentence that says what to set."""


def missing(settings: Settings, *, connected: bool = True) -> str | None:
    """What the phone line still needs, in one sentence; None when it is ready. Not `connected`: without a LiveKit server (console)."""
    needed: dict[str, object] = {"DEEPGRAM_API_KEY": settings.deepgram_key}
    if connected:
        needed |= {
            "LIVEKIT_URL": settings.livekit_url,
            "LIVEKIT_API_KEY": settings.livekit_key,
            "LIVEKIT_API_SECRET": settings.livekit_secret,
        }
    names = sorted(name for name, value in needed.items() if value is None)
    if settings.eleven_key is None and find_espeak() is None:
        names.append("ELEVEN_API_KEY (or install espeak-ng)")
    return f"The phone cannot be answered yet; set {', '.join(names)}." if names else None


def make_vad() -> vad.VAD:
    """The detector of voices, for telephone quality. Slow to make: once a process."""
    return silero.VAD.load(min_silence_duration=_PAUSE_S, prefix_padding_duration=0.3, sample_rate=8000)


def make_ears(settings: Settings, business: Business, language: str) -> stt.STT[Any]:
    """A recogniser that begins in `language` and knows the words of this business. Raises NotReady."""
    if settings.deepgram_key is None:
        raise NotReady(missing(settings, connected=False) or "")
    return deepgram.STT(
        model=settings.ears_model,
        language=language,
        keyterm=_key_terms(business),
        api_key=settings.deepgram_key.get_secret_value(),
        base_url=settings.deepgram_url,
        smart_format=False,
        punctuate=True,
    )


def hears_several(settings: Settings, business: Business) -> str | None:
    """The language to listen in until the caller has said a word, where the business speaks several."""
    return _SEVERAL if len(business.languages) > 1 and settings.ears_model.startswith("nova-3") else None


def make_voice(settings: Settings, language: str) -> tts.TTS[Any]:
    """ElevenLabs where there is a key, else espeak-ng. Raises NotReady."""
    if settings.eleven_key is not None:
        named = {"voice_id": settings.voice_id} if settings.voice_id else {}
        return elevenlabs.TTS(
            model=settings.voice_model,
            language=language,
            api_key=settings.eleven_key.get_secret_value(),
            base_url=settings.eleven_url,
            **named,
        )
    try:
        return EspeakTTS(language=language, words_per_minute=settings.voice_speed)
    except FileNotFoundError as error:
        raise NotReady(str(error)) from error


def set_ears_language(recogniser: stt.STT[Any], language: str) -> None:
    """From here on it listens for this language."""
    if hasattr(recogniser, "update_options"):
        recogniser.update_options(language=language)


def set_voice_language(voice: tts.TTS[Any], language: str) -> None:
    """From the next sentence on it speaks this language."""
    if hasattr(voice, "update_options"):
        voice.update_options(language=language)


def _key_terms(business: Business) -> list[str]:
    """Names that a recogniser of general speech would not expect."""
    staff = [person.name for person in business.staff.values()]
    services = [name for language in business.languages for name in business.service_list(language)]
    return list(dict.fromkeys([business.name, *staff, *services]))[:_MOST_TERMS]
