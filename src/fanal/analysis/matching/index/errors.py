"""Why an index cannot be used. Each message says what to do; none holds a record."""


class IndexFault(Exception):
    """The index cannot be used as it is."""


class ForeignIndex(IndexFault):
    """It was made under another secret, or with keys of another version."""


class UnknownVersion(IndexFault):
    """Its files are of a version that this program does not know."""


class Broken(IndexFault):
    """A file is missing, cut or altered: rebuild the index from its source."""
