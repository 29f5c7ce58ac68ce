"""How often the measures of a plan are reported on. No public source says it: the Bureau meets every month and the
Cell two or three times a year, and the benchmarks of the plans 2021-2025 are « régulièrement revisités »; the numbers
are organisational defaults that the Bureau confirms or changes."""

from fanal.country.schema import Fact, Text, Threshold

SOURCE = "Organisational default, not law; of the plans 2021-2025 it is said that benchmarks are revisited regularly"

_NUMBERS = {
    "progress_months": (
        3,
        Text(
            "Mois entre deux rapports sur une mesure (1, 3, 4, 6 ou 12)",
            "Maanden tussen twee rapporten over een maatregel (1, 3, 4, 6 of 12)",
            "Monate zwischen zwei Berichten über eine Maßnahme (1, 3, 4, 6 oder 12)",
            "Months between two reports on a measure (1, 3, 4, 6 or 12)",
        ),
    ),
    "progress_days": (
        30,
        Text(
            "Jours pour faire rapport après la fin de la période",
            "Dagen om te rapporteren na het einde van de periode",
            "Tage für den Bericht nach dem Ende des Zeitraums",
            "Days to report after the end of the period",
        ),
    ),
    "progress_patience": (
        2,
        Text(
            "Rapports manquants d’affilée à partir desquels une mesure est en retard",
            "Ontbrekende rapporten op rij vanaf wanneer een maatregel te laat is",
            "Fehlende Berichte in Folge, ab denen eine Maßnahme in Verzug ist",
            "Missing reports in a row from which a measure is late",
        ),
    ),
}

FACTS: tuple[Fact, ...] = tuple(
    Threshold(code=code, label=label, amount=amount, source=SOURCE, to_verify=True)
    for code, (amount, label) in _NUMBERS.items()
)
