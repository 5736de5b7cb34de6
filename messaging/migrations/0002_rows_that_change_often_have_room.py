from django.db import migrations

# Both change with every message, and no index knows: with room in their pages the
# new version of a row stands beside the old one.
ROOMY = "ALTER TABLE {} SET (fillfactor = 50)"
FULL = "ALTER TABLE {} RESET (fillfactor)"
TABLES = ("messaging_conversation", "messaging_membership")


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_conversations_begin")]

    operations = [
        migrations.RunSQL(ROOMY.format(table), FULL.format(table)) for table in TABLES
    ]
