"""Mail through a real SMTP server: once, in the member's language, naming nobody and nothing."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone
from tests.cast import Cast

from fanal.access.models import Account
from fanal.documents.rules import forbidden_words
from fanal.notify import services
from fanal.notify.models import Message


class Letterbox:
    """The handler of a real mail server: keeps what arrives, refuses when told to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.full = False

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.full:
            return "452 the letterbox is full"
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
        return "250 kept"


@dataclass
class Post:
    box: Letterbox
    cast: Cast


@pytest.fixture
def post(settings, cast: Cast) -> Iterator[Post]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Letterbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield Post(box, cast)
    controller.stop()


def tell(post: Post, *references: str) -> None:
    for reference in references:
        services.tell(
            unit_ids=[post.cast.centre_worker.unit_id], kind="alert", reference=reference, at=timezone.now()
        )


@pytest.mark.asvs("1.3.11")
@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("fr", "Fanal : quelque chose vous attend"),
        ("nl", "Fanal: er wacht iets op u"),
        ("de", "Fanal: Etwas wartet auf Sie"),
        ("en", "Fanal: something waits for you"),
    ],
)
def test_one_mail_a_member_in_her_language_that_says_nothing(post: Post, language: str, subject: str) -> None:
    Account.objects.filter(pk=post.cast.centre_worker.person_id).update(language=language)
    tell(post, "A-7F3K-9QX4", "A-7F3K-9QX5")
    assert services.deliver(at=timezone.now()) == 2
    (mail,) = post.box.mails
    body = mail.get_content()
    assert mail["Subject"] == subject
    assert "A-7F3K-9QX4, A-7F3K-9QX5" in body
    assert forbidden_words(mail["Subject"] + body) == []


def test_what_was_sent_is_not_sent_again(post: Post) -> None:
    tell(post, "A-7F3K-9QX4")
    assert [services.deliver(at=timezone.now()) for _ in range(2)] == [1, 0]
    assert len(post.box.mails) == 1


@pytest.mark.asvs("16.5.2")
def test_what_the_server_refuses_waits_for_the_next_round(post: Post) -> None:
    tell(post, "A-7F3K-9QX4")
    post.box.full = True
    with pytest.raises(OSError, match="full"):
        services.deliver(at=timezone.now())
    assert Message.objects.filter(sent_at__isnull=True).count() == 1
    post.box.full = False
    assert services.deliver(at=timezone.now()) == 1


def test_a_member_who_left_gets_nothing(post: Post) -> None:
    Account.objects.filter(pk=post.cast.centre_worker.person_id).update(is_active=False)
    tell(post, "A-7F3K-9QX4")
    services.deliver(at=timezone.now())
    assert post.box.mails == []
