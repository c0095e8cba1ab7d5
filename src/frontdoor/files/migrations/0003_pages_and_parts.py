import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council

KINDS = [
    ("pdf", "PDF"),
    ("jpeg", "Picture (JPEG)"),
    ("png", "Picture (PNG)"),
    ("tiff", "Picture (TIFF)"),
    ("heic", "Picture (HEIC)"),
    ("docx", "Word document"),
    ("text", "Plain text"),
    ("eml", "E-mail"),
]


class Migration(migrations.Migration):
    dependencies = [("files", "0002_wall")]
    operations = [
        migrations.AddField("file", "page_digests", models.BinaryField(blank=True, default=b"")),
        migrations.AddField(
            "file",
            "part_of",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="files.file",
            ),
        ),
        migrations.AlterField("file", "kind", models.CharField(choices=KINDS, max_length=10)),
        migrations.AddIndex(
            "file",
            models.Index(
                condition=models.Q(("part_of__isnull", False)), fields=["authority_id", "part_of"], name="file_part"
            ),
        ),
        same_council("files_file", "part_of_id", "files_file"),
    ]
