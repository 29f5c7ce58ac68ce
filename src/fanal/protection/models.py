"""Procedures, their facts and documents, the questions to a magistrate, and the clocks.

Three kinds of wall: a request stands behind the wall of the centre that made it, a procedure behind the Immigration
Office's, and each set of questions behind one of its own, so that the magistrate reads nothing else.
"""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fanal.access.models import Walled
from fanal.ids import new_id
from fanal.protection.rules.deadlines import Clock
from fanal.protection.rules.facts import Kind

_CODE = 60
_DECISIONS = [Kind.OPENED, Kind.DECIDED, Kind.REFUSED, Kind.ENDED]


class StatementKind(models.TextChoices):
    """What the law asks for: a complaint, or a statement (Belgian Aliens Act art. 61/3 §1)."""

    COMPLAINT = "complaint", _("complaint")
    STATEMENT = "statement", _("statement")


class Subject(models.Model):
    """What a request and a procedure both know of the person. `identity` is sealed under the row's key:
    each service keeps and erases its own copy."""

    reference = models.CharField(max_length=12, unique=True)
    track = models.CharField(max_length=_CODE)
    offence = models.CharField(max_length=_CODE)
    circumstances = ArrayField(models.CharField(max_length=_CODE), default=list)
    unaccompanied_minor = models.BooleanField(default=False)
    has_title = models.BooleanField(default=False)
    person_id = models.UUIDField()
    identity = models.BinaryField(null=True)
    origin = models.CharField(max_length=12, blank=True)
    centre_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    office_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class RequestState(models.TextChoices):
    WAITING = "waiting", _("waits for a decision")
    OPENED = "opened", _("opened")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Request(Subject, Walled):
    """A centre asks the Immigration Office to open a procedure. `origin`: the referral it comes from.

    `submission` is the key under which a form was sent: sent twice, it makes one. The procedure that opens bears
    the same reference. `words` and `answer` are sealed under the row's key.
    """

    submission = models.UUIDField(null=True)
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    statement = models.CharField(max_length=10, choices=StatementKind, blank=True)
    statement_on = models.DateField(null=True)
    words = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.WAITING)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answer = models.BinaryField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "submission"], name="protection_request_sent_once"),
            models.CheckConstraint(
                condition=Q(state=RequestState.WAITING, answered_at=None, answered_by=None)
                | (~Q(state=RequestState.WAITING) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="protection_request_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.REFUSED) | Q(answer__isnull=False),
                name="protection_request_refused_with_words",
            ),
            models.CheckConstraint(
                condition=Q(statement="", statement_on=None)
                | (~Q(statement="") & Q(statement_on__isnull=False)),
                name="protection_request_statement_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["-asked_at", "-id"], name="protection_request_by_time")]


class Procedure(Subject, Walled):
    """The Immigration Office's file. `phase`, `document`, `valid_until`, `next_due_on` and `ended_on` repeat what
    the facts say, for lists; each act writes them anew in its transaction. `version` counts the acts.

    `submission` is the key under which a form was sent: sent twice, it makes one file. `minor`: the track asks for the
    best interests of the child at each decision (R-MIN-2).
    """

    submission = models.UUIDField(null=True)
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    guardian_unit = models.ForeignKey("directory.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    minor = models.BooleanField(default=False)
    phase = models.CharField(max_length=_CODE)
    document = models.CharField(max_length=_CODE, blank=True)
    valid_until = models.DateField(null=True)
    next_due_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office_unit", "submission"], name="protection_file_opened_once")
        ]
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="protection_by_time"),
            models.Index(fields=["next_due_on", "id"], name="protection_by_due"),
        ]


class Fact(Walled):
    """What happened, appended and never changed (the database refuses). Where a procedure stands follows from it.

    `code`: the move, the ground, the event or the kind of statement. `on`: the day of the act, which decides the
    law. `data`: codes and dates only. `words` (a motivation) and `best_interests` are sealed under the row's key.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="facts")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    code = models.CharField(max_length=_CODE, blank=True)
    phase = models.CharField(max_length=_CODE, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    acted_by = models.UUIDField()
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)
    minor = models.BooleanField(default=False)
    words = models.BinaryField(null=True)
    best_interests = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="protection_fact_in_order"),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(kind=Kind.ENDED), name="protection_ends_once"
            ),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(kind=Kind.OPENED), name="protection_opens_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[Kind.REFUSED, Kind.ENDED]) | Q(words__isnull=False),
                name="protection_refusal_and_end_are_motivated",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=_DECISIONS, minor=True) | Q(best_interests__isnull=False),
                name="protection_minor_best_interests",
            ),
        ]


class Document(Walled):
    """A document that was given: first and last valid day, both valid; `closed_on`: cut short.

    `latest`: nothing followed it yet, and there is one such document at most.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="documents")
    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, related_name="document")
    kind = models.CharField(max_length=_CODE)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    latest = models.BooleanField(default=True)
    decided_on = models.DateField()
    basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(latest=True), name="protection_one_latest_document"
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="protection_document_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("first_day") - timedelta(days=1)),
                name="protection_document_closed_after_it_starts",
            ),
        ]


class QuestionSet(Walled):
    """Questions put to a magistrate's unit: the file's reference and what the Immigration Office chose to tell.

    Its wall is its own: the magistrate's unit contributes here and sees nothing of the procedure. `sealed` holds the
    judicial reference and, where it was ticked, the identity, under the row's key.
    """

    reference = models.CharField(max_length=12)
    matter_id = models.UUIDField()
    number = models.PositiveIntegerField()
    office_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    magistrate_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    questions = ArrayField(models.CharField(max_length=_CODE))
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    document_ends_on = models.DateField(null=True)
    sealed = models.BinaryField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter_id", "number"], name="protection_questions_in_order"),
            models.CheckConstraint(condition=~Q(questions=[]), name="protection_questions_not_empty"),
        ]
        indexes = [models.Index(fields=["-asked_at", "-id"], name="protection_questions_by_time")]


class Reply(Walled):
    """The magistrate's answers, given once: question code to yes, no or not yet. `words` sealed, by question."""

    question_set = models.OneToOneField(QuestionSet, on_delete=models.PROTECT, related_name="reply")
    answers = models.JSONField()
    words = models.BinaryField(null=True)
    on = models.DateField()
    at = models.DateTimeField()
    answered_by = models.UUIDField()
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")


class Notice(Walled):
    """A judicial event that the magistrate's unit tells of beside its answers, each kind once for a set."""

    question_set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="notices")
    event = models.CharField(max_length=_CODE)
    on = models.DateField()
    at = models.DateTimeField()
    told_by = models.UUIDField()
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question_set", "event"], name="protection_event_told_once")
        ]


class Deadline(Walled):
    """A clock: a reference and a date, nobody's name. Units that may only know dates see it, the clockwork too.

    `matter` is the request, procedure or question set it belongs to; `about` and `basis` say why in codes; a row is
    closed and never moved, so that what was announced for one day is not announced again for another.
    """

    matter_id = models.UUIDField()
    reference = models.CharField(max_length=12)
    clock = models.CharField(max_length=14, choices=[(clock.value, clock.value) for clock in Clock])
    due_on = models.DateField()
    due_at = models.DateTimeField()
    about = models.CharField(max_length=_CODE, blank=True)
    basis = models.CharField(max_length=200)
    law_on = models.DateField()
    waiting_for = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    watched_by = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter_id", "clock"],
                condition=Q(done_at=None),
                name="protection_one_clock_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(done_at__gte=F("started_at")),
                name="protection_clock_done_after_it_started",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(done_at=None), name="protection_clocks_running"
            ),
            models.Index(
                fields=["waiting_for", "due_at"], condition=Q(done_at=None), name="protection_clocks_by_unit"
            ),
        ]


class Reminder(models.Model):
    """That a step of a clock was announced: each once, whatever happens to the sweep. Names nobody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=20)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deadline", "step"], name="protection_reminder_once")]
