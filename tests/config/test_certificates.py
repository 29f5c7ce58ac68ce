"""Certificates that expired, that nobody trusts, that are about to end: named; and mail waits for a better one."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.utils import timezone, translation
from pytest_django import Settings
from tests.cast import Cast
from tests.processes import free_port

from fanal.config import doctor
from fanal.config.doctor import outside, work
from fanal.notify import services as notify
from fanal.notify.models import Message

OK, WARN, FAIL = doctor.State.OK, doctor.State.WARN, doctor.State.FAIL
HOST = "127.0.0.1"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@dataclass(frozen=True)
class Authority:
    """An authority that this machine trusts for the length of a test, and what it makes."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    name: x509.Name

    def context(self, days: int, *, trusted: bool = True) -> ssl.SSLContext:
        """What a server needs that shows a certificate of ours which ends in so many days."""
        key = ec.generate_private_key(ec.SECP256R1())
        signer, issuer = (self.key, self.name) if trusted else (key, _name("nobody"))
        made = _signed(key, _name(HOST), signer, issuer, datetime.now(UTC) + timedelta(days=days, minutes=1))
        path = self.folder / f"{days}-{trusted}.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path.write_bytes(secret + made.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _signed(
    key: ec.EllipticCurvePrivateKey,
    name: x509.Name,
    signer: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    ends: datetime,
    ca: bool = False,
) -> x509.Certificate:
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(ends - timedelta(days=4000)).not_valid_after(ends)
    builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    host = x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))])
    return builder.add_extension(host, critical=False).sign(signer, hashes.SHA256())


@pytest.fixture
def authority(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    key, name = ec.generate_private_key(ec.SECP256R1()), _name("An authority of the test")
    root = _signed(key, name, key, name, datetime.now(UTC) + timedelta(days=3650), ca=True)
    path = folder / "root.pem"
    path.write_bytes(root.public_bytes(Encoding.PEM))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return Authority(folder, key, name)


Serve = Callable[[ssl.SSLContext], int]


@pytest.fixture
def https() -> Iterator[Serve]:
    """Shakes hands with a context, and says no more; returns the port."""
    listening: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def answer(door: socket.socket, context: ssl.SSLContext) -> None:
        while True:
            try:
                plain, _ = door.accept()
            except OSError:
                return
            with suppress(OSError), plain, context.wrap_socket(plain, server_side=True):
                pass

    def serve(context: ssl.SSLContext) -> int:
        door = socket.create_server((HOST, 0))
        listening.append(door)
        threads.append(threading.Thread(target=answer, args=(door, context)))
        threads[-1].start()
        return int(door.getsockname()[1])

    yield serve
    for door in listening:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
    for thread in threads:
        thread.join()


@pytest.mark.asvs("12.2.2")
@pytest.mark.parametrize(
    ("days", "trusted", "state", "words"),
    [
        (200, True, OK, "in 200 days"),
        (20, True, WARN, "in 20 days"),
        (3, True, FAIL, "in 3 days"),
        (-5, True, FAIL, "It expired on"),
        (200, False, FAIL, "It is not trusted"),
    ],
)
def test_the_certificate_of_the_address(
    authority: Authority,
    https: Serve,
    settings: Settings,
    days: int,
    trusted: bool,
    state: doctor.State,
    words: str,
) -> None:
    settings.FANAL_URL = f"https://{HOST}:{https(authority.context(days, trusted=trusted))}"
    settings.EMAIL_HOST = ""
    (found,) = outside.certificates(datetime.now(UTC))
    assert (found.code, found.state) == ("certificate", state)
    assert words in found.found
    assert bool(found.cure) is (state is not OK)


def test_one_that_cannot_be_reached(settings: Settings) -> None:
    settings.FANAL_URL, settings.EMAIL_HOST = f"https://{HOST}:{free_port()}", ""
    (found,) = outside.certificates(datetime.now(UTC))
    assert (found.state, "ConnectionRefusedError" in found.found) == (WARN, True)


def test_over_http_there_is_none(settings: Settings) -> None:
    settings.FANAL_URL, settings.EMAIL_HOST = "http://127.0.0.1", ""
    assert list(outside.certificates(datetime.now(UTC))) == []


class Kept:
    def __init__(self) -> None:
        self.mails = 0

    async def handle_DATA(self, *_: object) -> str:
        self.mails += 1
        return "250 kept"


class Post(Controller):
    """A mail server that takes nothing before STARTTLS."""

    def __init__(self, box: Kept, context: ssl.SSLContext, port: int) -> None:
        super().__init__(box, hostname=HOST, port=port)
        self.context = context

    def factory(self) -> SMTP:
        return SMTP(self.handler, tls_context=self.context, require_starttls=True)


@pytest.mark.asvs("12.3.2")
@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_mail_waits_for_a_certificate_that_is_good(
    authority: Authority, settings: Settings, cast: Cast
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = HOST, free_port(), True
    settings.FANAL_URL = "http://127.0.0.1"
    at = timezone.now() - timedelta(hours=2)
    notify.tell(unit_ids=[cast.officer.unit_id], kind="alert", reference="A-7F3K-9QX4", at=at)
    box = Kept()
    with _open(Post(box, authority.context(-5), settings.EMAIL_PORT)):
        with pytest.raises(ssl.SSLCertVerificationError):
            notify.deliver(at=timezone.now())
        (found,) = outside.certificates(datetime.now(UTC))
        assert (found.code, found.state, "It expired on" in found.found) == ("certificate_mail", FAIL, True)
    assert Message.objects.get().sent_at is None
    (waits,) = work.outbox(timezone.now())
    assert (waits.state, "1 messages wait" in waits.found, "None is lost" in waits.found) == (
        FAIL,
        True,
        True,
    )
    with _open(Post(box, authority.context(200), settings.EMAIL_PORT)):
        assert notify.deliver(at=timezone.now()) == 1
    assert box.mails >= 1
    assert Message.objects.get().sent_at is not None


@contextmanager
def _open(post: Post) -> Iterator[None]:
    post.start()
    yield
    post.stop(no_assert=True)
