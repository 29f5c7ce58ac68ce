"""An explanation in words, for people who read French, Dutch, German or English."""

from collections.abc import Collection

from fanal.analysis.matching import levels
from fanal.analysis.matching.record import Trait

from .explanation import Explanation, Line
from .wording import BANDS, BIRTHS, COMPARED, LANGUAGES, NAMES, PHRASES, VALUES

__all__ = ["LANGUAGES", "sentence"]
_TOLD = 0.05  # bits that are not rounded to nothing


def sentence(found: Explanation, language: str, doubtful: Collection[str] = ()) -> str:
    """A paragraph in one of LANGUAGES (ValueError for another): the band, what speaks for and against it, what would
    change it. `doubtful`: comparisons of identifiers whose check digits or form do not hold, said where they count."""
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is none of {', '.join(LANGUAGES)}")
    at = LANGUAGES.index(language)
    said = sorted((line for line in found.lines if line.code >= 0), key=lambda line: -abs(line.bits))
    parts = [
        PHRASES["verdict" if found.bits >= 0 else "against"][at].format(
            band=BANDS[found.band][at], bits=_number(abs(found.bits), language)
        ),
        *(_line(line, at, language) for line in said),
        PHRASES["prior"][at].format(bits=_number(found.prior, language)),
    ]
    if found.others <= -_TOLD:
        parts.append(PHRASES["others"][at].format(bits=_number(found.others, language)))
    if wrong := [COMPARED[line.comparison][at] for line in said if line.comparison in doubtful]:
        parts.append(PHRASES["doubtful"][at].format(what=", ".join(wrong)))
    deciding = [COMPARED[line.comparison][at] for line in said if line.decides]
    if deciding:
        parts.append(PHRASES["decides"][at].format(what=", ".join(deciding)))
    if found.could:
        parts.append(PHRASES["could"][at].format(what=", ".join(COMPARED[name][at] for name in found.could)))
    return " ".join(parts)


def _line(line: Line, at: int, language: str) -> str:
    rare = "" if line.one_in is None else PHRASES["one in"][at].format(number=_grouped(line.one_in, language))
    words = f"{COMPARED[line.comparison][at]}{PHRASES['colon'][at]} {_level(line, at)}"
    return f"{words[0].upper()}{words[1:]} ({_number(line.bits, language, signed=True)}{rare})."


def _level(line: Line, at: int) -> str:
    if line.comparison == "name":
        return NAMES[0 if line.code == 0 else 1 + (line.code - 1) // len(levels.RARITIES)][at]
    if line.comparison == "birth":
        return BIRTHS[line.code][at]
    if line.comparison == Trait.POSTCODE and line.code:
        return PHRASES["area"][at] if line.code == 1 else VALUES[line.code - 1][at]
    return VALUES[line.code][at]


def _number(bits: float, language: str, *, signed: bool = False) -> str:
    text = f"{bits:+.1f}" if signed else f"{bits:.1f}"
    return (text if language == "en" else text.replace(".", ",")).replace("-", "−")


def _grouped(number: int, language: str) -> str:
    return f"{number:,}".replace(",", "," if language == "en" else "\u202f" if language == "fr" else ".")
