"""A known number is a number: the first check let an empty one pass, since a comparison with nothing is neither yes
nor no."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models
from django.db.models import Q

CHECK = models.CheckConstraint(
    condition=Q(status="known", value__isnull=False, value__gt=0)
    | Q(status="zero", value__isnull=False, value=0)
    | Q(status__in=["unknown", "not_applicable", "suppressed"], value=None),
    name="figure_number_goes_with_its_state",
)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("statistics", "0002_append_only")]

    operations = [
        AddConstraintNotValid(model_name="figure", constraint=CHECK),
        ValidateConstraint(model_name="figure", name=CHECK.name),
        migrations.RemoveConstraint(model_name="figure", name="figure_zero_is_no_empty_cell"),
    ]
