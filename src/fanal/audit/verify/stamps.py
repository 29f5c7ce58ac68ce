"""Time stamps of another authority (RFC 3161) over statements of an export."""

import base64
from collections.abc import Sequence

from fanal.audit.rules.statements import Unreadable
from fanal.audit.verify.findings import Finding
from fanal.audit.verify.reading import Export

Stamped = tuple[tuple[str, ...], tuple[Finding, ...], tuple[str, ...]]


def check(export: Export, authorities: Sequence[bytes]) -> Stamped:
    """What the stamps prove, what is wrong with them, and what was left unchecked."""
    if not export.stamps:
        return (), (), ()
    if not authorities:
        note = "The time stamps were not checked: give the certificate of their authority (--tsa)."
        return (), (), (note,)
    texts = {each.statement.number: each for each in export.seals}
    proven, bad = [], []
    for number, token in sorted(export.stamps.items()):
        if number not in texts:
            continue
        said = texts[number].statement
        try:
            when = proven_time(base64.b64decode(token), texts[number].text.encode(), authorities)
        except (ValueError, Unreadable) as problem:
            bad.append(
                Finding("stamp", said.first, f"The time stamp of statement {number} does not hold: {problem}")
            )
        else:
            proven.append(f"Statement {number} (the first {said.size} lines) existed at {when}.")
    return tuple(proven), tuple(bad), ()


def proven_time(token: bytes, message: bytes, authorities: Sequence[bytes]) -> str:
    """When the authority saw the message. Raises `Unreadable`: of other bytes, of another authority, or no token."""
    from cryptography import x509
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    certificates = [each for pem in authorities for each in x509.load_pem_x509_certificates(pem)]
    builder = VerifierBuilder(
        roots=[each for each in certificates if each.subject == each.issuer] or certificates
    )
    for each in certificates:
        if each.subject != each.issuer:
            builder = builder.add_intermediate_certificate(each)
    try:
        answer = decode_timestamp_response(token)
        builder.build().verify_message(answer, message)
    except (ValueError, VerificationError) as problem:
        raise Unreadable(str(problem)) from problem
    return f"{answer.tst_info.gen_time:%Y-%m-%d %H:%M:%S} UTC"
