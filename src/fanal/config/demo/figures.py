"""The orders of magnitude of the demonstration, after figures that were published. Shares are weights, not rules.

1,558 signals reached the specialised centres in 2024 and 152 accompaniments began (press on Myria's report, December
2025); 820 and 859 referrals in 2020 and 2019 (US TIP report 2021). What no publication gives is invented, and said so.
"""

SIGNALS_A_YEAR = 1558
ACCOMPANIED = 152 / 1558
YEARS = 5

FORMS = {"WORK": 1665, "SEX": 1654, "CRIME": 116, "BEG": 108, "ORG": 6}
"""Offences recorded by the police from 2012 to 2021, by form (Myria, October 2022)."""

MONTHS = {2020: 0.53, 2021: 0.68, 2022: 0.8, 2023: 0.92}
"""How much of the signals of 2024 a year had: 2019 and 2020 after the published referrals, between them a line."""

SMUGGLED = 0.04
MINOR, DOUBTFUL = 0.08, 0.03
URGENT = 0.12
"""Invented."""

PERSONS = {0: 8, 1: 66, 2: 13, 3: 7, 4: 3, 6: 2, 9: 1}
"""Persons in one alert. Invented."""

DETECTORS = {
    "local_police": 26,
    "police_cell": 22,
    "inspection": 20,
    "centre": 12,
    "reception": 5,
    "detention": 3,
    "immigration_desk": 3,
    "federated_contact": 4,
    "shelter_minors": 2,
    "immigration_research": 1,
    "police_central": 1,
    "protocol": 1,
}
"""Which kinds of service record alerts. Invented; only police and inspection are obliged to (Aliens Act, art. 61/2)."""

OUTCOMES = {
    "not_trafficking": 30,
    "refused_help": 17,
    "unreachable": 14,
    "conditions_not_met": 11,
    "referred_elsewhere": 10,
    "other_country": 4,
    "merged": 4,
    "entered_in_error": 2,
}
"""What becomes of an alert that leads to no accompaniment. Invented: no public account of them exists."""

COUNTRIES = {
    "WORK": "RO 9 MA 9 VN 8 BR 7 PT 5 BG 5 UA 6 TR 5 IN 4 CN 4 PK 4 PL 4 TN 3 NG 3 EG 2 DZ 3 BA 2 PH 3 CM 2 BE 2",
    "SEX": "NG 12 RO 10 BG 6 BR 6 CO 5 AL 5 VN 4 BE 8 HU 4 UA 4 TH 3 MA 3 CM 3 CN 3 VE 3 FR 2 SL 1 GN 2",
    "CRIME": "VN 6 RO 5 AL 5 MA 4 DZ 3 BA 2 RS 2 SY 2 GN 2 BE 2",
    "BEG": "RO 10 BG 5 SK 3 RS 2 SY 1",
    "ORG": "NP 1 EG 1",
}
"""Citizenships by form. Invented."""

WOMEN = {"WORK": 0.22, "SEX": 0.93, "CRIME": 0.2, "BEG": 0.45, "ORG": 0.3}
LANGUAGES = {
    "RO": "ro", "MA": "ar fr", "VN": "vi", "BR": "pt", "PT": "pt", "BG": "bg", "UA": "uk ru", "TR": "tr", "IN": "hi pa",
    "CN": "zh", "PK": "ur", "PL": "pl", "TN": "ar fr", "NG": "en", "EG": "ar", "DZ": "ar fr", "BA": "bs", "PH": "tl en",
    "CM": "fr en", "BE": "fr nl", "CO": "es", "AL": "sq", "HU": "hu", "TH": "th", "VE": "es", "FR": "fr", "SL": "en",
    "GN": "fr", "RS": "sr", "SY": "ar", "SK": "sk", "NP": "ne",
}  # fmt: skip
SECTORS = {
    "F-RENOV": 16, "F": 14, "I-RESTAURANT": 13, "G-CARWASH": 7, "S-NAILS": 7, "A-HORTI": 8, "H-PARCEL": 6,
    "G-NIGHTSHOP": 5, "C-MEAT": 4, "C-BAKERY": 3, "C-TEXTILE": 3, "T-DOMESTIC": 6, "T-DIPLOMATIC": 2, "H-ROAD": 4,
    "Q-CARE": 2, "R-RIDING": 1,
}  # fmt: skip
"""Sectors that Myria names (2023); the weights are invented."""
