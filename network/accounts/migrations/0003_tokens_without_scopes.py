from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_token")]

    operations = [migrations.RemoveField("apitoken", "scopes")]
