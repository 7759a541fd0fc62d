"""Tests of the spine: reception, writer, store, timers, on SQLite and on PostgreSQL."""
