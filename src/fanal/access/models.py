"""Accounts, memberships, compartments, grants, tokens and the keys of persons."""

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Role
from fanal.ids import new_id


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A natural person who may log in. What she may do stands in her memberships."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="en")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="account_email_lower")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An account in a unit, in a role, between two dates (last day included); `ended_at`: over from that moment on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=24, choices=[(role.value, role.value) for role in Role])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="membership_ends_after_it_starts",
            )
        ]


class Token(models.Model):
    """A personal API token, bound to one membership. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="tokens")
    scope = models.CharField(max_length=10, default="api")
    label = models.CharField(max_length=80)
    digest = models.BinaryField(unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class Login(models.Model):
    """One browser in which an account is logged in: what its owner sees and may end. Goes with its session."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="logins")
    session_key = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    agent = models.CharField(max_length=120, blank=True)


class Kind(models.TextChoices):
    ALERT = "alert", _("alert")
    REFERRAL = "referral", _("referral")
    PROTECTION = "protection", _("protection procedure")
    QUESTION = "question", _("questions to the magistrate")
    ACCOMPANIMENT = "accompaniment", _("accompaniment")
    BODY = "body", _("papers of a body")


class Compartment(models.Model):
    """A wall with one owner unit. The three arrays of unit ids are kept by the database from the grants."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16, choices=Kind)
    owner_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    review_on = models.DateField(null=True)
    acl_exists = ArrayField(models.IntegerField(), default=list, editable=False)
    acl = ArrayField(models.IntegerField(), default=list, editable=False)
    acl_write = ArrayField(models.IntegerField(), default=list, editable=False)


class Walled(models.Model):
    """A row that can name a person: it stands in one compartment and carries that wall itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="+")
    acl = ArrayField(models.IntegerField(), default=list, editable=False)

    class Meta:
        abstract = True


class Level(models.TextChoices):
    EXISTS = "exists", _("may know that it exists, and its dates")
    READ = "read", _("may read")
    CONTRIBUTE = "contribute", _("may contribute")


class Handling(models.TextChoices):
    """Handling codes of police information (Europol practice)."""

    H0 = "H0", _("H0: free for the purpose")
    H1 = "H1", _("H1: not in court without the owner's permission")
    H2 = "H2", _("H2: no onward sharing without permission")
    H3 = "H3", _("H3: the owner's own words")


class Grant(Walled):
    """A compartment opened to a unit: level, purpose, ground, handling, first and last day, onward sharing."""

    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Level)
    purpose = models.CharField(max_length=60)
    ground = models.CharField(max_length=60)
    handling = models.CharField(max_length=2, choices=Handling, default=Handling.H0)
    onward = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    granted_by = models.UUIDField()
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    applied = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="grant_ends_after_it_starts",
            )
        ]
        indexes = [models.Index(fields=["compartment", "unit"], name="grant_by_compartment")]


class Outcome(models.TextChoices):
    """What a review of an opening in an emergency found."""

    JUSTIFIED = "justified", _("justified")
    MISTAKEN = "mistaken", _("a mistake, without bad intent")
    UNJUSTIFIED = "unjustified", _("not justified: it goes to the data protection officer")


class Glass(models.Model):
    """A file that one person opened in an emergency, for an hour at most. Made by the database alone.

    Below zero, `number` stands in the arrays of the wall beside the units; the context of a transaction keeps it only
    before `until`. `sealed` is the reason, under the file's key.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.IntegerField(unique=True)
    reference = models.CharField(max_length=12)
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="+")
    owner_unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField(default=b"")
    at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    swept = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("at"), until__lte=models.F("at") + timedelta(hours=1)),
                name="glass_lasts_an_hour_at_most",
            ),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="glass_number_is_above_zero"),
            models.CheckConstraint(
                condition=models.Q(reviewed_at__isnull=True, reviewed_by__isnull=True, outcome="")
                | models.Q(reviewed_at__isnull=False, reviewed_by__isnull=False, outcome__in=Outcome.values),
                name="glass_review_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True) | ~models.Q(reviewed_by=models.F("account")),
                name="glass_reviewed_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["membership"], condition=models.Q(swept=False), name="glass_open_by_membership"
            ),
            models.Index(
                fields=["owner_unit"], condition=models.Q(reviewed_at__isnull=True), name="glass_unreviewed"
            ),
        ]


class SubjectKey(models.Model):
    """The wrapped key of one person, or of one file's free text. Its loss is the erasure."""

    subject_id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)
