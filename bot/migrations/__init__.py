"""The history of the tables, as Alembic keeps it; the newest revision is named here.

Alembic itself is imported only where the tables are older: starting stays quick.
"""

HEAD = "0001"
