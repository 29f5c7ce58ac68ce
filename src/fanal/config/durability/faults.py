"""What stands between a backup and its restore, in words that say what to do."""

from fanal.database.errors import DatabaseFault


class BadArchive(DatabaseFault):
    """The file is no backup of ours, was damaged or cut, is not for this key, or does not hold what it says."""


class NotEmpty(DatabaseFault):
    """The database already holds something; a restore never writes over it."""
