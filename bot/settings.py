"""Settings: what the operator sets by variables and options, read once and checked all at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import SettingsError
from bot.variables import LineSettings, Variables
from dialogs.flow import Operator

__all__ = ["LineSettings", "Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a process is told from outside. "" where an optional variable is not set."""

    operator_name: str
    operator_phone: str
    line: LineSettings | None
    database_url: str = field(repr=False)
    data_dir: Path
    id_key: str = field(repr=False)
    data_key: str = field(repr=False)
    host: str
    port: int
    public_url: str
    log_level: str

    @classmethod
    def read(cls, environ: Mapping[str, str], options: Mapping[str, object]) -> "Settings":
        """From variables; `host` and `port` of the options win. Raises SettingsError."""
        settings, faults = cls.look(environ, options)
        if faults:
            raise SettingsError(faults)
        return settings

    @classmethod
    def look(
        cls, environ: Mapping[str, str], options: Mapping[str, object]
    ) -> tuple["Settings", tuple[str, ...]]:
        """The same with the faults beside it, for whoever wants to go on and see more."""
        reader = Variables(environ)
        settings = cls(
            operator_name=reader.name("OPERATOR_NAME"),
            operator_phone=reader.phone("OPERATOR_PHONE"),
            line=reader.line(),
            database_url=reader.database(),
            data_dir=reader.data_dir(),
            id_key=reader.key("ID_KEY"),
            data_key=reader.key("DATA_KEY"),
            host=str(options.get("host") or reader.host()),
            port=reader.port(options.get("port")),
            public_url=reader.url("PUBLIC_URL", ""),
            log_level=reader.log_level(),
        )
        return settings, reader.all_faults(settings.line is not None)

    @property
    def operator(self) -> Operator:
        """Who runs this bot, as the flow names it."""
        return Operator(self.operator_name, self.operator_phone or None)

    @property
    def on_postgres(self) -> bool:
        """Is the database PostgreSQL? Otherwise it is SQLite."""
        return self.database_url.startswith("postgres")
