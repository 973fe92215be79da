"""The database that every test starts from comes from the migrations, and holds what the models say."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

pytestmark = pytest.mark.deux_bases


@pytest.mark.django_db
def test_every_migration_is_applied() -> None:
    call_command("migrate", check_unapplied=True, verbosity=0)


@pytest.mark.django_db
def test_the_migrations_make_the_tables_of_the_models() -> None:
    made = {table: columns_of(table) for table in connection.introspection.table_names()}
    expected = {
        model._meta.db_table: {field.column for field in model._meta.local_concrete_fields}
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    assert {table: made.get(table) for table in expected} == expected


def columns_of(table: str) -> set[str]:
    """The columns that the database itself gives back: Django's reader of SQLite stumbles over our constraints."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} WHERE 1 = 0")  # noqa: S608 - our own tables
        return {column[0] for column in cursor.description}
