"""Prose typed without an editor: blank lines part paragraphs; `## heading`, `- item`, `| a | b |`, `**bold**`. Pure."""

import re
from html import escape

_HEADING = re.compile(r"(#{1,4})\s+(.+)")
_ITEM = re.compile(r"\s*(?:[-*•]|(\d+)[.)])\s+(.+)")
_RULE = re.compile(r"[\s|:-]+")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_SLANTED = re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])")
_MARKUP = re.compile(r"\s*<(p|h[1-4]|ul|ol|table|blockquote|div)[\s>]", re.I)


def is_markup(text: str) -> bool:
    """Whether it is HTML already: what the editor sends begins with a block."""
    return bool(_MARKUP.match(text))


def markup(text: str) -> str:
    """The same prose as HTML. Every letter is kept; what is no sign of ours stays as it was typed."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return "".join(_part([line for line in part.split("\n") if line.strip()]) for part in parts)


def _part(lines: list[str]) -> str:
    made = ""
    while lines:
        taken, html = _taken(lines)
        made, lines = made + html, lines[taken:]
    return made


def _taken(lines: list[str]) -> tuple[int, str]:
    """How many lines the first block takes, and the block."""
    heading = _HEADING.fullmatch(lines[0].strip())
    if heading:
        level = max(len(heading[1]), 2)
        return 1, f"<h{level}>{_inline(heading[2])}</h{level}>"
    for belongs, make in ((_is_bullet, _list), (_is_number, _list), (_is_row, _table)):
        count = next((nth for nth, line in enumerate(lines) if not belongs(line)), len(lines))
        if count:
            return count, make(lines[:count])
    plain = next((nth for nth, line in enumerate(lines) if nth and _begins(line)), len(lines))
    return plain, f"<p>{'<br>'.join(_inline(line.strip()) for line in lines[:plain])}</p>"


def _begins(line: str) -> bool:
    return bool(_HEADING.fullmatch(line.strip()) or _ITEM.fullmatch(line) or _is_row(line))


def _list(lines: list[str]) -> str:
    found = [match for match in map(_ITEM.fullmatch, lines) if match]
    name = "ol" if found[0][1] else "ul"
    return f"<{name}>{''.join(f'<li>{_inline(each[2])}</li>' for each in found)}</{name}>"


def _is_bullet(line: str) -> bool:
    return (found := _ITEM.fullmatch(line)) is not None and not found[1]


def _is_number(line: str) -> bool:
    return (found := _ITEM.fullmatch(line)) is not None and bool(found[1])


def _is_row(line: str) -> bool:
    bare = line.strip()
    return len(bare) > 2 and bare.startswith("|") and bare.endswith("|")


def _table(lines: list[str]) -> str:
    """A line of dashes under the first row makes it the row of headers."""
    rows = [line.strip().strip("|").split("|") for line in lines]
    ruled = len(rows) > 1 and bool(_RULE.fullmatch(lines[1]))
    head = f"<thead>{_row(rows[0], 'th')}</thead>" if ruled else ""
    body = "".join(_row(row, "td") for row in (rows[2:] if ruled else rows))
    return f"<table>{head}<tbody>{body}</tbody></table>"


def _row(cells: list[str], name: str) -> str:
    return f"<tr>{''.join(f'<{name}>{_inline(cell.strip())}</{name}>' for cell in cells)}</tr>"


def _inline(words: str) -> str:
    return _SLANTED.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", escape(words, quote=False)))
