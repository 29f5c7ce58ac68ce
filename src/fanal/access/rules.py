"""Who may do what: permissions, roles as sets of them, and the member who acts. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from uuid import UUID

from fanal.ids import characters


@unique
class Permission(StrEnum):
    """Every act of the system, by name. A route names exactly one."""

    HOME = "home"
    DIRECTORY_READ = "directory.read"
    DIRECTORY_EDIT = "directory.edit"
    ALERT_READ = "alert.read"
    ALERT_RECORD = "alert.record"
    ALERT_ACKNOWLEDGE = "alert.acknowledge"
    ALERT_CLOSE = "alert.close"
    FUNNEL_READ = "funnel.read"
    IDENTITY_READ = "identity.read"
    REFERRAL_READ = "referral.read"
    REFERRAL_PROPOSE = "referral.propose"
    REFERRAL_ANSWER = "referral.answer"
    CONSENT_RECORD = "consent.record"
    CAPACITY_READ = "capacity.read"
    CAPACITY_PUBLISH = "capacity.publish"
    PROTECTION_READ = "protection.read"
    PROTECTION_REQUEST = "protection.request"
    PROTECTION_DECIDE = "protection.decide"
    PROTECTION_ANSWER = "protection.answer"
    PROTECTION_HAND_OVER = "protection.hand_over"
    DEADLINES_READ = "deadlines.read"
    ATTACHMENT_READ = "attachment.read"
    ATTACHMENT_ADD = "attachment.add"
    RETENTION_DECIDE = "retention.decide"
    HOLD_PLACE = "hold.place"
    EXPORT = "export"
    TRACE_READ = "trace.read"
    TRACE_COUNT = "trace.count"
    TOKEN_MANAGE = "token.manage"  # noqa: S105  (a permission, not a password)
    ACCOUNT_VOUCH = "account.vouch"
    ACCOUNT_MANAGE = "account.manage"
    GLASS_BREAK = "glass.break"
    GLASS_REVIEW = "glass.review"
    REFERENCE_EDIT = "reference.edit"
    OPERATIONS_READ = "operations.read"
    COORDINATE = "coordinate"
    BODY_READ = "body.read"
    BODY_EDIT = "body.edit"
    MEETING_READ = "meeting.read"
    MEETING_PREPARE = "meeting.prepare"
    MEETING_ASK = "meeting.ask"
    ITEM_PROPOSE = "item.propose"
    VOTE = "vote"
    DECISION_READ = "decision.read"
    DECISION_FOLLOW = "decision.follow"
    PLAN_READ = "plan.read"
    PLAN_EDIT = "plan.edit"
    PROGRESS_REPORT = "progress.report"
    PROGRESS_REVIEW = "progress.review"
    RECOMMENDATION_READ = "recommendation.read"
    RECOMMENDATION_EDIT = "recommendation.edit"
    RECOMMENDATION_ANSWER = "recommendation.answer"
    RECOMMENDATION_ASSESS = "recommendation.assess"
    FIGURE_READ = "figure.read"
    FIGURE_EDIT = "figure.edit"
    REPORT_READ = "report.read"
    REPORT_EDIT = "report.edit"
    REPORT_CONTRIBUTE = "report.contribute"
    REPORT_SIGN = "report.sign"


P = Permission
_EVERYONE = {P.HOME, P.DIRECTORY_READ, P.TOKEN_MANAGE, P.ACCOUNT_VOUCH}
# What the coordination does concerns no person. A body's papers stand behind the wall of its seats all the same: the
# permission opens the page, the seat opens the meeting.
_FOLLOWS = _EVERYONE | {
    P.BODY_READ,
    P.MEETING_READ,
    P.DECISION_READ,
    P.PLAN_READ,
    P.RECOMMENDATION_READ,
    P.FIGURE_READ,
    P.REPORT_READ,
}
# Papers hang on the items of a body; what hangs on a file about persons asks for the permission of that file too.
_SITS = _FOLLOWS | {
    P.ITEM_PROPOSE,
    P.MEETING_ASK,
    P.DECISION_FOLLOW,
    P.VOTE,
    P.ATTACHMENT_READ,
    P.ATTACHMENT_ADD,
}
_COORDINATES = _SITS | {P.COORDINATE}  # the coordination is her daily work
_FILES = _SITS | {
    P.ALERT_READ,
    P.REFERRAL_READ,
    P.DEADLINES_READ,
    P.IDENTITY_READ,
    P.TRACE_READ,
    P.EXPORT,
    P.CAPACITY_READ,
    P.RETENTION_DECIDE,
    P.HOLD_PLACE,
    P.GLASS_BREAK,
    P.GLASS_REVIEW,
}
_DETECTS = _FILES | {
    P.ALERT_RECORD,
    P.ALERT_ACKNOWLEDGE,
    P.ALERT_CLOSE,
    P.REFERRAL_PROPOSE,
    P.CONSENT_RECORD,
}


@unique
class Role(StrEnum):
    """What a member of a unit is there for. No role holds every permission; administration reads no file."""

    OFFICER = "officer"
    INSPECTOR = "inspector"
    RECEPTION = "reception"
    MAGISTRATE = "magistrate"
    CENTRE_WORKER = "centre_worker"
    IMMIGRATION_AGENT = "immigration_agent"
    GUARDIANSHIP_OFFICER = "guardianship_officer"
    COORDINATOR = "coordinator"
    SECRETARY = "secretary"
    REPRESENTATIVE = "representative"
    CORRESPONDENT = "correspondent"
    RAPPORTEUR = "rapporteur"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    SUPERVISORY_AUTHORITY = "supervisory_authority"


PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.OFFICER: frozenset(_DETECTS),
    Role.INSPECTOR: frozenset(_DETECTS),
    Role.RECEPTION: frozenset(_DETECTS),
    Role.MAGISTRATE: frozenset(
        _DETECTS | {P.PROTECTION_ANSWER, P.MEETING_PREPARE}
    ),  # prepares: in her district
    Role.CENTRE_WORKER: frozenset(
        _DETECTS
        | {
            P.REFERRAL_ANSWER,
            P.CAPACITY_PUBLISH,
            P.PROTECTION_READ,
            P.PROTECTION_REQUEST,
            P.PROTECTION_DECIDE,  # only where no residence document is given: the law names who decides what
            P.PROTECTION_HAND_OVER,
        }
    ),
    Role.IMMIGRATION_AGENT: frozenset(
        _DETECTS | {P.PROTECTION_READ, P.PROTECTION_REQUEST, P.PROTECTION_DECIDE}
    ),
    Role.GUARDIANSHIP_OFFICER: frozenset(
        _DETECTS | {P.REFERRAL_ANSWER, P.PROTECTION_READ, P.PROTECTION_REQUEST}
    ),
    Role.COORDINATOR: frozenset(
        _COORDINATES
        | {
            P.FUNNEL_READ,
            P.CAPACITY_READ,
            P.BODY_EDIT,
            P.MEETING_PREPARE,
            P.PLAN_EDIT,
            P.PROGRESS_REVIEW,
            P.RECOMMENDATION_EDIT,
            P.RECOMMENDATION_ANSWER,
            P.FIGURE_EDIT,
            P.REPORT_EDIT,
            P.REPORT_CONTRIBUTE,
            P.REPORT_SIGN,
        }
    ),
    # It writes for the bodies, and neither states the position of the government nor signs for a department.
    Role.SECRETARY: frozenset(
        _COORDINATES
        | {
            P.BODY_EDIT,
            P.MEETING_PREPARE,
            P.PLAN_EDIT,
            P.RECOMMENDATION_EDIT,
            P.FIGURE_EDIT,
            P.REPORT_EDIT,
        }
    ),
    Role.REPRESENTATIVE: frozenset(_COORDINATES | {P.REPORT_SIGN}),
    Role.CORRESPONDENT: frozenset(
        _COORDINATES | {P.PROGRESS_REPORT, P.RECOMMENDATION_ANSWER, P.REPORT_CONTRIBUTE}
    ),
    # Independent: its own assessment beside the position of the government, which it does not touch.
    Role.RAPPORTEUR: frozenset(_COORDINATES | {P.FUNNEL_READ, P.RECOMMENDATION_ASSESS, P.REPORT_CONTRIBUTE}),
    Role.ADMINISTRATOR: frozenset(
        _EVERYONE | {P.DIRECTORY_EDIT, P.ACCOUNT_MANAGE, P.REFERENCE_EDIT, P.OPERATIONS_READ}
    ),
    # They watch over the trace and read no file: counts of acts, and what was found to be unusual.
    Role.DATA_PROTECTION_OFFICER: frozenset(_EVERYONE | {P.TRACE_COUNT, P.TRACE_READ, P.GLASS_REVIEW}),
    Role.SUPERVISORY_AUTHORITY: frozenset(_EVERYONE | {P.TRACE_COUNT}),
}


def somebody_may(roles: Iterable[str], permission: Permission) -> bool:
    """Whether one of these roles, such as those of a unit, holds the permission: to nobody else is a file opened."""
    return any(permission in PERMISSIONS[Role(role)] for role in roles)


def administers(role: Role, other: Role) -> bool:
    """Whether who holds `role` may ask for, vouch for or close an account that holds `other`.

    The order of strength follows from the permissions alone: nobody hands out what she does not hold herself. Who
    administers the platform reads no file, and therefore makes nobody who does.
    """
    return PERMISSIONS[other] <= PERMISSIONS[role]


@dataclass(frozen=True, slots=True)
class Member:
    """A person acting as a member of one unit, in one role; `by_token`: through a program, not logged in.

    `glasses`: the numbers of the files that she opened in an emergency, and that are open to her at this moment.
    """

    person_id: UUID
    membership_id: UUID
    unit_id: int
    unit_code: str
    unit_kind: str
    role: Role
    language: str
    by_token: bool = False
    glasses: tuple[int, ...] = ()

    @property
    def sight(self) -> list[int]:
        """What walls know her by: her unit, and below zero the number of each file opened in an emergency."""
        return [self.unit_id, *(-number for number in self.glasses)]

    def may(self, permission: Permission) -> bool:
        """Whether the role holds the permission of an act."""
        return permission in PERMISSIONS[self.role]


CLOCKWORK_UNIT = 0
"""The pseudo-unit that tasks act as. Only rows without personal data carry it."""

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference(prefix: str) -> str:
    """A file's reference such as `A-7F3K-9QX4`: eight random characters that cannot be misread, no meaning in them."""
    drawn = characters(_CROCKFORD, 8)
    return f"{prefix}-{drawn[:4]}-{drawn[4:]}"
