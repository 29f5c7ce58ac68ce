"""A name in Cyrillic or Greek letters as several offices put it in Latin ones: by their tables, all in real use."""

import unicodedata

_CYRILLIC = {
    "английский": "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я і ї є ґ",
    "passport": "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia i i ie g",
    "english": "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh sch - y - e yu ya i yi ye g",
    "french": "a b v g d e io j z i ï k l m n o p r s t ou f kh ts tch ch chtch - y - e iou ia i ï ie g",
    "german": "a b w g d e jo sch s i j k l m n o p r s t u f ch z tsch sch schtsch - y - e ju ja i ji je g",
    "learned": "a b v g d e ë ž z i j k l m n o p r s t u f ch c č š šč - y ' è ju ja i ï je g",
}
_GREEK = {
    "letters": "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ ς τ υ φ χ ψ ω",
    "passport": "a v g d e z i th i k l m n x o p r s s t y f ch ps o",
    "english": "a v g d e z i th i k l m n x o p r s s t i f h ps o",
    "learned": "a b g d e z e th i k l m n x o p r s s t y ph ch ps o",
}
_GREEK_PAIRS = (
    ("ου", "ou"),
    ("αι", "ai"),
    ("ει", "ei"),
    ("οι", "oi"),
    ("ευ", "ev"),
    ("αυ", "av"),
    ("γγ", "ng"),
)
_GREEK_STARTS = (("μπ", "b"), ("ντ", "d"), ("γκ", "g"))
_OWN = {
    "ukrainian": {"г": "h", "и": "y", "х": "kh"},
    "bulgarian": {"ъ": "a", "щ": "sht", "х": "h", "ж": "zh"},
}


def _table(letters: str, latin: str) -> dict[str, str]:
    return dict(zip(letters.split(), latin.replace("-", "\0").split(), strict=True))


_CYRILLIC_TABLES = tuple(
    {sign: to.replace("\0", "") for sign, to in _table(_CYRILLIC["английский"], _CYRILLIC[name]).items()}
    for name in ("passport", "english", "french", "german", "learned")
)
_GREEK_TABLES = tuple(_table(_GREEK["letters"], _GREEK[name]) for name in ("passport", "english", "learned"))


def latin_forms(native: str, how: str) -> tuple[str, ...]:
    """The Latin forms of a native name, each once, that of its passport first.

    `how`: russian, ukrainian, bulgarian or greek.
    """
    lower = native.lower()
    if how == "greek":
        return tuple(dict.fromkeys(_greek(lower, table) for table in _GREEK_TABLES))
    own = _OWN.get(how, {})
    forms = [_signs(lower, table | own) for table in _CYRILLIC_TABLES[:2]]
    forms += [_signs(lower, table) for table in _CYRILLIC_TABLES]  # as if it were Russian: many offices do so
    return tuple(
        dict.fromkeys(form.removesuffix("yy") + "y" if form.endswith("yy") else form for form in forms)
    )


def _signs(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(sign, sign) for sign in text)


def _greek(text: str, table: dict[str, str]) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    for pair, latin in _GREEK_STARTS:
        plain = latin + plain[2:] if plain.startswith(pair) else plain
    for pair, latin in _GREEK_PAIRS:
        plain = plain.replace(pair, latin)
    return _signs(plain, table)
