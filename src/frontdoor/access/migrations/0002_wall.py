from django.db import migrations

from frontdoor.actors.operations import foreign_table, open_table


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("actors", "0001_guard"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]
    operations = [
        open_table("access_user"),
        open_table("access_post"),
        open_table("access_apiclient"),
        foreign_table(
            "django_session", "account_emailaddress", "account_emailconfirmation", "mfa_authenticator",
            "socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken",
        ),
        foreign_table("django_content_type", app="SELECT"),
    ]  # fmt: skip
