"""Kinds of secrets that only we hold, for the secret scan."""

import re

from detect_secrets.plugins.base import RegexBasedDetector


class AgeSecretKey(RegexBasedDetector):
    """The private half of a key that backups are encrypted to."""

    secret_type = "Age Secret Key"  # noqa: S105 (its name)
    denylist = (re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{20,}"),)
