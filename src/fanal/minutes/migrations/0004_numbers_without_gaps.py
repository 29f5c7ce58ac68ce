from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("minutes", "0003_words_of_a_note")]
    operations = [migrations.RemoveConstraint(model_name="addendum", name="minutes_addendum_once")]
