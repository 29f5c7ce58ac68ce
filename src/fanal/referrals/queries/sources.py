"""What an alert already says of a person, as values to start from."""

from uuid import UUID

from fanal.access.rules import Member
from fanal.alerts import queries as alerts
from fanal.alerts.rules import Age, Minority
from fanal.referrals.rules.content import About, SafeContact


def from_alert(reference: str, person_id: UUID, by: Member) -> About:
    """A copy of what a visible alert holds of a person, without the identity; `NotFound`."""
    found = alerts.handoff(reference, person_id, by)
    said = {Minority.MINOR: True, Minority.ADULT: False}.get(Minority(found.minority))
    return About(
        pseudonym=found.pseudonym,
        age=Age(basis=found.age_basis, minor=said, birth_year=found.birth_year, years=found.estimated_age),
        unaccompanied=found.unaccompanied,
        sex=found.sex,
        languages=found.languages,
        safe_contact=SafeContact(means=found.safe_contact),
        citizenship=(found.citizenship,) if found.citizenship else (),
    )
