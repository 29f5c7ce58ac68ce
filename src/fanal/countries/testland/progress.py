"""How often Testland's measures are reported on: three times a year."""

from fanal.country.schema import Fact, Text, Threshold

SOURCE = "Testland, Law of Plans, art. 4"

FACTS: tuple[Fact, ...] = tuple(
    Threshold(code=code, label=Text(*words), amount=amount, source=SOURCE)
    for code, amount, words in (
        ("progress_months", 4, ("Mois", "Maanden", "Monate", "Months")),
        ("progress_days", 20, ("Jours", "Dagen", "Tage", "Days")),
        ("progress_patience", 2, ("Patience", "Geduld", "Geduld", "Patience")),
    )
)
