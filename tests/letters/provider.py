"""A provider that keeps what it is given, and fails as a test tells it to."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Provider:
    """What the provider has, and how it behaves now.

    :param fails: raised before anything is kept
    :param loses_answers: raised after the message was kept
    """

    def __init__(self) -> None:
        self.kept: list[tuple[str, str, str]] = []
        self.messages: list[EmailMessage] = []
        self.asked: list[str] = []
        self.fails: BaseException | None = None
        self.loses_answers: BaseException | None = None

    def keep(self, reference: str, to: str, body: str) -> None:
        if self.fails:
            raise self.fails
        self.kept.append((reference, to, body))
        if self.loses_answers:
            raise self.loses_answers


class Silent(BaseEmailBackend):
    """Any mail backend: it sends, and cannot be asked."""

    provider: ClassVar[Provider] = Provider()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self.provider.messages.append(message)
            self.provider.keep(message.extra_headers["X-Reference"], message.to[0], str(message.body))
        return len(email_messages)


class Asked(Silent):
    """A backend like ours: it has text messages, and can say what it has."""

    def send_text(self, number: str, text: str, *, reference: str) -> None:
        self.provider.keep(reference, number, text)

    def find(self, reference: str) -> bool:
        if self.provider.fails:
            raise self.provider.fails
        self.provider.asked.append(reference)
        return any(kept[0] == reference for kept in self.provider.kept)


def use(settings: Any, backend: type[BaseEmailBackend]) -> Provider:
    """Let letters go out through a backend with a fresh provider."""
    Silent.provider = Provider()
    settings.EMAIL_BACKEND = f"{backend.__module__}.{backend.__name__}"
    return Silent.provider
