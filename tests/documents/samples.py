"""One document with everything in it."""

from fanal.documents import prose
from fanal.documents.model import (
    Block,
    Chart,
    CrossRef,
    Document,
    Frame,
    Heading,
    Kind,
    Paragraph,
    Series,
    Spec,
    Words,
    table,
    text,
)

YEARS = ("2019", "2020", "2021", "2022")
PROSE = """<h2>Contexte</h2><p>Un <strong>texte</strong> avec une note<span data-note="">La note &amp;
<em>ses</em> mots.</span>, un <a href="https://example.org/x">lien</a> ;
voir <span data-ref="cases"></span> et H<sub>2</sub>O.</p>
<ul><li>un<ol><li>dedans</li></ol></li><li>deux</li></ul><blockquote><p>Cité &lt;ainsi&gt;.</p></blockquote>
<h3>Détail</h3><table><caption>Formations</caption><thead><tr><th>An</th><th>Jours</th></tr></thead>
<tbody><tr><th>2024</th><td>12</td></tr><tr><th>2025</th><td>1 300</td></tr></tbody></table>"""


def line() -> Spec:
    values = Series("Constatés", (145, 159, None, 265), ("", "", "inconnu", ""))
    return Spec(
        Kind.LINE, "Année", YEARS, (values,), "dossiers", target=Series("Cible", (100, 120, 140, 160))
    )


def bars(kind: Kind = Kind.BARS) -> Spec:
    return Spec(
        kind, "Année", YEARS, (Series("A & B", (145, 1159, 30, 265)), Series("C", (10.0, 20, 30, 40)))
    )


def report(language: str = "fr", *, chapters: int = 1, numbered: bool = True) -> Document:
    """`chapters` × (prose with a table, a table, two charts)."""
    blocks: list[Block] = []
    for nth in range(chapters):
        key = "cases" if nth == 0 else f"cases_{nth}"
        blocks += prose.blocks(PROSE)
        blocks += [
            table("Dossiers", ["Année", "Nombre"], [["2019", "145"], ["2020", "159"]], key=key),
            Chart(line(), text("Dossiers et cible"), "Les dossiers montent de 145 à 265.", key=f"line_{nth}"),
            Chart(bars(Kind.STACKED), text("Deux parts"), "A & B l'emporte sur C.", key=f"bars_{nth}"),
            Paragraph((Words("Voir "), CrossRef(f"line_{nth}"), Words("."))),
        ]
    blocks.append(Heading(1, text("Annexe")))
    frame = Frame("Sous-titre", "RAP-2026-1", "Bureau", contents=True, numbered=numbered)
    return Document("Rapport d'essai", language, tuple(blocks), frame)
