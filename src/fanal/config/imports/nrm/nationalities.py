"""Nationalities as the United Kingdom's government writes them, and the countries they stand for.

Source: GOV.UK, approved nationality list; codes of ISO 3166-1 alpha-2 (XK for Kosovo, as the Unicode CLDR has it).
A file joins two nationalities by a space, and so do some single ones: the longest name that fits is read first.
"""

from collections.abc import Iterator
from functools import lru_cache

UNKNOWN = "Unknown"

_LINES = """
AD Andorran|AE Emirati|AF Afghan|AG Citizen of Antigua and Barbuda|AI Anguillan|AL Albanian|AM Armenian|AO Angolan
AR Argentine|AT Austrian|AU Australian|AZ Azerbaijani|BA Citizen of Bosnia and Herzegovina|BB Barbadian
BD Bangladeshi|BE Belgian|BF Burkinan|BG Bulgarian|BH Bahraini|BI Burundian|BJ Beninese|BM Bermudian|BN Bruneian
BO Bolivian|BR Brazilian|BS Bahamian|BT Bhutanese|BW Botswanan|BY Belarusian|BZ Belizean|CA Canadian
CD Congolese (DRC)|CF Central African|CG Congolese (Congo)|CH Swiss|CI Ivorian|CK Cook Islander|CL Chilean
CM Cameroonian|CN Chinese|CO Colombian|CR Costa Rican|CU Cuban|CV Cape Verdean|CY Cypriot|CZ Czech|DE German
DJ Djiboutian|DK Danish|DM Dominican|DO Citizen of the Dominican Republic|DZ Algerian|EC Ecuadorean|EE Estonian
EG Egyptian|ER Eritrean|ES Spanish|ET Ethiopian|FI Finnish|FJ Fijian|FM Micronesian|FO Faroese|FR French|GA Gabonese
GB UK|GB British|GB English|GB Scottish|GB Welsh|GB Northern Irish|GD Grenadian|GE Georgian|GH Ghanaian|GI Gibraltarian
GL Greenlandic|GM Gambian|GN Guinean|GQ Equatorial Guinean|GR Greek|GT Guatemalan|GU Guamanian
GW Citizen of Guinea-Bissau|GY Guyanese|HK Hong Konger|HN Honduran|HR Croatian|HT Haitian|HU Hungarian|ID Indonesian
IE Irish|IL Israeli|IN Indian|IQ Iraqi|IR Iranian|IS Icelandic|IT Italian|JM Jamaican|JO Jordanian|JP Japanese
KE Kenyan|KG Kyrgyz|KH Cambodian|KI Citizen of Kiribati|KM Comoran|KN Kittitian|KN Nevisian|KP North Korean
KR South Korean|KW Kuwaiti|KY Cayman Islander|KZ Kazakh|LA Lao|LB Lebanese|LC St Lucian|LI Liechtenstein citizen
LK Sri Lankan|LR Liberian|LS Mosotho|LT Lithuanian|LU Luxembourger|LV Latvian|LY Libyan|MA Moroccan|MC Monegasque
MD Moldovan|ME Montenegrin|MG Malagasy|MH Marshallese|MK Macedonian|ML Malian|MM Burmese|MN Mongolian|MO Macanese
MQ Martiniquais|MR Mauritanian|MS Montserratian|MT Maltese|MU Mauritian|MV Maldivian|MW Malawian|MX Mexican
MY Malaysian|MZ Mozambican|NA Namibian|NE Nigerien|NG Nigerian|NI Nicaraguan|NL Dutch|NO Norwegian|NP Nepalese
NR Nauruan|NU Niuean|NZ New Zealander|OM Omani|PA Panamanian|PE Peruvian|PG Papua New Guinean|PH Filipino|PK Pakistani
PL Polish|PN Pitcairn Islander|PR Puerto Rican|PS Palestinian|PT Portuguese|PW Palauan|PY Paraguayan|QA Qatari
RO Romanian|RS Serbian|RU Russian|RW Rwandan|SA Saudi Arabian|SB Solomon Islander|SC Citizen of Seychelles|SD Sudanese
SE Swedish|SG Singaporean|SH St Helenian|SI Slovenian|SK Slovak|SL Sierra Leonean|SM Sammarinese|SN Senegalese
SO Somali|SR Surinamese|SS South Sudanese|ST Sao Tomean|SV Salvadorean|SY Syrian|SZ Swazi|TC Turks and Caicos Islander
TD Chadian|TG Togolese|TH Thai|TJ Tajik|TL East Timorese|TM Turkmen|TN Tunisian|TO Tongan|TR Turkish|TT Trinidadian
TT Citizen of Trinidad and Tobago|TV Tuvaluan|TW Taiwanese|TZ Tanzanian|UA Ukrainian|UG Ugandan|US American
UY Uruguayan|UZ Uzbek|VA Vatican citizen|VC Vincentian|VE Venezuelan|VG British Virgin Islander|VN Vietnamese
VU Citizen of Vanuatu|WF Wallisian|WS Samoan|XK Kosovan|YE Yemeni|ZA South African|ZM Zambian|ZW Zimbabwean
"""

COUNTRY_OF = {
    name: code
    for entry in _LINES.replace("\n", "|").split("|")
    if entry
    for code, name in [entry.split(" ", 1)]
}
"""{nationality: code}."""

_FOLDED = {name.casefold(): code for name, code in COUNTRY_OF.items()} | {UNKNOWN.casefold(): ""}
_LONGEST_FIRST = sorted(_FOLDED, key=len, reverse=True)


@lru_cache
def countries(words: str) -> tuple[str, ...] | None:
    """The countries of a nationality as the file writes it, in its order, a part that is unknown left out.

    `Eritrean Ethiopian` → (ER, ET), `Unknown` → (), and None when a word is no nationality we know.
    """
    found = _parts(" ".join(words.casefold().split()))
    return None if found is None else tuple(code for code in found if code)


def _parts(words: str) -> tuple[str, ...] | None:
    if not words:
        return ()
    for name, rest in _fitting(words):
        others = _parts(rest)
        if others is not None:
            return (_FOLDED[name], *others)
    return None


def _fitting(words: str) -> Iterator[tuple[str, str]]:
    for name in _LONGEST_FIRST:
        if words == name or words.startswith(name + " "):
            yield name, words[len(name) :].strip()
