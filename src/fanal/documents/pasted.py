"""What Word, LibreOffice, pandoc and web pages put on the clipboard, brought to plain structure."""

import re
from collections.abc import Iterator

import nh3
from lxml import etree
from lxml import html as markup

_KNOWN = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "section", "article", "aside", "header", "footer", "main", "pre",
    "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td",
    "b", "strong", "i", "em", "sub", "sup", "a", "br", "span",
}  # fmt: skip
_STYLES = {"mso-list", "mso-hide", "display", "font-weight", "font-style"}
_PANES = ("div", "section", "article", "aside", "header", "footer", "main", "dl")
_LINES = ("pre", "dt", "dd")
_STANDING = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "table",
    "blockquote",
    "pre",
    "dt",
    "dd",
    *_PANES,
}
_CELLS = ("li", "td", "th", "caption", "tr", "thead", "tbody")
_WRAPPED = re.compile(r"[ \t\r\n\f]+")
_ADDRESS = re.compile(r"(https?://|mailto:)\S+", re.I)
_NOTES = ((r"#_ftn(\d+)", "ftn"), (r"#fn(\d+)", "fn"), (r"#sdfootnote(\d+)sym", "sdfootnote"))
"""The link at a footnote, and how its text is named: Word, pandoc, LibreOffice."""
_ORDERED = re.compile(r"\s*\(?(\d+|[a-z]|[ivxlc]+)[.)]", re.I)
_SPACE = re.compile(r"[\s\u00a0]+")


def tidied(html: str) -> etree._Element:
    """A tree of headings from h2 on, real lists, notes beside their words, no styles. Not yet safe: clean it."""
    known = nh3.clean(
        html,
        tags=_KNOWN,
        clean_content_tags={
            "script",
            "style",
            "title",
            "template",
            "noscript",
            "svg",
            "math",
            "textarea",
            "select",
        },
        attributes={
            "*": {"style", "class", "id"},
            "a": {"href"},
            "span": {"data-figure", "data-note", "data-ref"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan", "scope"},
        },
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        filter_style_properties=_STYLES,
    )
    root = markup.fromstring(f"<div>{known}</div>")
    for step in (
        _lists,
        _hidden,
        _notes,
        _headings,
        _captions,
        _words,
        _links,
        _panes,
        _tables,
        _empty,
        _spaces,
    ):
        step(root)
    return root


def _style(element: etree._Element) -> str:
    return _SPACE.sub("", element.get("style", "")).lower()


def _lists(root: etree._Element) -> None:
    """Word's paragraphs with a bullet in front become lists, one inside the other."""
    for first in list(root.iter("p")):
        if first.tag != "p" or _level(first) == 0:
            continue
        items = [first]
        following = first.getnext()
        while following is not None and following.tag == "p" and _level(following):
            items.append(following)
            following = following.getnext()
        _nested(items)


def _level(paragraph: etree._Element) -> int:
    found = re.search(r"mso-list:\S*?level(\d)", _style(paragraph))
    return int(found[1]) if found else 0


def _nested(items: list[etree._Element]) -> None:
    parent, at = items[0].getparent(), items[0]
    stack: list[tuple[int, etree._Element]] = []
    for item in items:
        level, ordered = _level(item), _ordered(item)
        while stack and stack[-1][0] > level:
            stack.pop()
        if not stack or stack[-1][0] < level:
            made = etree.Element("ol" if ordered else "ul")
            if not stack:
                parent.insert(parent.index(at), made)
            else:
                stack[-1][1][-1].append(made)
            stack.append((level, made))
        item.tail, item.tag = None, "li"
        stack[-1][1].append(item)


def _ordered(item: etree._Element) -> bool:
    """Whether the bullet that Word wrote is a number or a letter; the bullet goes."""
    for span in list(item.iter("span")):
        if "mso-list:ignore" in _style(span):
            words = span.text_content()
            span.drop_tree()
            return bool(_ORDERED.match(words))
    return False


def _hidden(root: etree._Element) -> None:
    for each in list(root.iter()):
        style = _style(each)
        if "display:none" in style or "mso-hide:all" in style or "mso-list:ignore" in style:
            each.drop_tree()


def _notes(root: etree._Element) -> None:
    """The text of a footnote stands where it is referred to."""
    named = {each.get("id"): each for each in root.iter("div", "li", "section", "p") if each.get("id")}
    for link in list(root.iter("a")):
        for pattern, prefix in _NOTES:
            found = re.fullmatch(pattern, link.get("href", ""))
            text = named.pop(f"{prefix}{found[1]}", None) if found else None
            if text is None:
                continue
            if text.getparent() is not None:
                text.drop_tree()
            _note(link, text)


def _note(link: etree._Element, text: etree._Element) -> None:
    for back in list(text.iter("a")):
        if back.get("href", "").startswith("#"):
            back.drop_tree()
    link.clear(keep_tail=True)
    link.tag, link.text = "span", _SPACE.sub(" ", text.text_content()).strip()
    link.set("data-note", "")
    around = link.getparent()
    if (
        around is not None
        and around.tag == "sup"
        and not around.text_content().replace(link.text, "").strip()
    ):
        around.drop_tag()


def _headings(root: etree._Element) -> None:
    """The title of the page is not ours to give: headings begin at h2."""
    for each in root.iter("p"):
        if "MsoTitle" in each.get("class", ""):
            each.tag = "h1"
    down = 1 if next(root.iter("h1"), None) is not None else 0
    for each in root.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        each.tag = f"h{min(int(str(each.tag)[1]) + down, 4)}"


def _captions(root: etree._Element) -> None:
    """Word's caption is a paragraph beside the table; it goes inside, unless the table has one."""
    for table in list(root.iter("table")):
        around = (table.getprevious(), table.getnext())
        found = next((e for e in around if e is not None and "MsoCaption" in e.get("class", "")), None)
        if found is not None and table.find("caption") is None:
            found.drop_tree()
            found.tag, found.tail = "caption", None
            table.insert(0, found)


def _words(root: etree._Element) -> None:
    """Bold and italic, however they are said."""
    for each in list(root.iter("b", "strong", "i", "em", "span")):
        style = _style(each)
        bold = bool(re.search(r"font-weight:(bold|[6-9]00)", style))
        slanted = "font-style:italic" in style
        if each.tag in ("b", "strong"):
            each.tag = "span" if "font-weight:normal" in style or "font-weight:400" in style else "strong"
        elif each.tag in ("i", "em"):
            each.tag = "span" if "font-style:normal" in style else "em"
        elif bold or slanted:
            each.tag = "strong" if bold else "em"
    for each in list(root.iter("span")):
        if not any(each.get(name) is not None for name in ("data-note", "data-figure", "data-ref")):
            each.drop_tag()


def _links(root: etree._Element) -> None:
    """Addresses of this paste's own page lead nowhere here."""
    for each in list(root.iter("a")):
        if not _ADDRESS.fullmatch(each.get("href", "")):
            each.drop_tag()


def _panes(root: etree._Element) -> None:
    """A box around blocks goes, a box around words is a paragraph."""
    for each in list(root.iter(*_PANES)):
        if each is root:
            continue
        if any(child.tag in _STANDING for child in each):
            each.drop_tag()
        else:
            each.tag = "p"
    for each in list(root.iter(*_LINES)):
        each.tag = "p"
    for each in list(root.iter("tfoot")):
        each.tag = "tbody"


def _tables(root: etree._Element) -> None:
    """A first row that is all bold names the columns."""
    for table in root.iter("table"):
        rows = [*table.iterfind("tr"), *table.iterfind("tbody/tr")]
        if table.find("thead") is None and len(rows) > 1 and all(map(_bold, rows[0])):
            for cell in rows[0]:
                cell.tag = "th"
                for mark in list(cell.iter("strong")):
                    mark.drop_tag()


def _bold(cell: etree._Element) -> bool:
    strong = "".join(each.text_content() for each in cell.iter("strong"))
    return bool(strong.strip()) and _SPACE.sub("", strong) == _SPACE.sub("", cell.text_content())


def _empty(root: etree._Element) -> None:
    """Paragraphs, headings and items without words; a paragraph alone in a cell or an item is its words."""
    for each in _deepest_first(root):
        if each.tag in ("p", "h2", "h3", "h4", "li", "strong", "em", "sup", "sub", "blockquote", "ul", "ol"):
            words = each.text_content().replace("\u00a0", " ").strip()
            marked = any(child.get("data-figure") or child.get("data-ref") for child in each.iter("span"))
            if not words and not marked and next(each.iter("table"), None) is None:
                each.drop_tree() if each.tag not in ("strong", "em", "sup", "sub") else each.drop_tag()
    for each in list(root.iter("td", "th", "li")):
        first, *others = list(each) or [each]
        alone = all(child.tag in ("ul", "ol") for child in others)
        if first.tag == "p" and alone and not (each.text or "").strip():
            first.drop_tag()


def _spaces(root: etree._Element) -> None:
    """Lines that were wrapped for a file are one line; none begins or ends with a space."""
    for each in root.iter():
        each.text, each.tail = _WRAPPED.sub(" ", each.text or ""), _WRAPPED.sub(" ", each.tail or "")
    for each in root.iter(*_STANDING, *_CELLS):
        each.text, each.tail = (each.text or "").lstrip(" "), (each.tail or "").lstrip(" ")
        before = each.getprevious()
        if before is not None:
            before.tail = (before.tail or "").rstrip(" ")
        elif each.getparent() is not None:
            each.getparent().text = (each.getparent().text or "").rstrip(" ")
        if len(each):
            each[-1].tail = (each[-1].tail or "").rstrip(" ")
        else:
            each.text = each.text.rstrip(" ")


def _deepest_first(root: etree._Element) -> Iterator[etree._Element]:
    yield from reversed([each for each in root.iter() if each is not root])
