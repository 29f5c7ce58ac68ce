from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("minutes", "0002_walls")]
    operations = [
        migrations.AddField(
            model_name="note",
            name="words",
            field=models.TextField(blank=True, default="", db_default=""),
        ),
    ]
