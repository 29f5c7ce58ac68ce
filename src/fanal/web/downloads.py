"""Files on their way out: saved, never shown, and with no rights should a browser show them all the same."""

from django.http import HttpResponse

POLICY = "sandbox; default-src 'none'"


def attached(name: str, media_type: str, content: bytes) -> HttpResponse:
    """A file under a name that we chose (letters, digits, dots and hyphens)."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = POLICY
    return response
