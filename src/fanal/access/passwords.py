"""Words of the house count for nothing in a password: whoever guesses begins with them."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 8
"""What must be left without them (OWASP ASVS 5.0.0, 6.2.1 and 6.2.11)."""
_WORDS = re.compile(
    "fanal|lantern|lanterne|lantaarn|laterne|laterna|police|politie|polizei|parquet|parket|auditorat|auditoraat|"
    "payoke|pagasa|pag-asa|surya|myria|password|passwort|wachtwoord|motdepasse|mot de passe|welcome|bienvenue|welkom"
)


class WordsOfTheHouse:
    """A validator of passwords, for AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        """ValidationError where fewer than eight characters are left without words of the house."""
        plain = "".join(
            c for c in unicodedata.normalize("NFKD", password.casefold()) if not unicodedata.combining(c)
        )
        if len(_WORDS.sub("", plain).strip()) < SHORTEST:
            raise ValidationError(self.get_help_text(), code="words_of_the_house")

    def get_help_text(self) -> str:
        return _("Names of this system, of services and words for a password are guessed first: use others.")
