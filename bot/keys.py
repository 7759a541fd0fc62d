"""Keys: who a conversation belongs to without saying it, and addresses only we can read."""

import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.channels.channel import Address
from bot.errors import SettingsError

KEY_BYTES = 32
_FILE = "keys.json"
_MADE_ID = "ID_KEY は、{least}文字以上の、人に知られない文字にしてください。"
_LEAST = 32
_MADE_DATA = "DATA_KEY は、Fernetの鍵をコンマで並べてください（新しいものが先）。"


class Keys:
    """ID_KEY, which is never changed, and the DATA_KEYs, newest first."""

    def __init__(self, id_key: bytes, data: MultiFernet) -> None:
        self._id_key, self._data = id_key, data

    @classmethod
    def from_text(cls, id_key: str, data_key: str) -> "Keys":
        """From the settings. Raises SettingsError naming each one that cannot be used."""
        wrong = [_MADE_ID.format(least=_LEAST)] if len(id_key) < _LEAST else []
        try:
            data = [Fernet(key.strip()) for key in data_key.split(",")]
        except ValueError:
            wrong.append(_MADE_DATA)
        if wrong:
            raise SettingsError(wrong)
        return cls(id_key.encode(), MultiFernet(data))

    @classmethod
    def kept_in(cls, folder: Path) -> "Keys":
        """From this folder, made there on first start and readable by its owner alone.

        Several processes starting at once end up with the same keys.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / _FILE
        if not file.exists():
            _make(file)
        kept = json.loads(file.read_text(encoding="ascii"))
        return cls.from_text(kept["id_key"], kept["data_key"])

    def conv_key(self, address: Address) -> bytes:
        """The key of a conversation: 32 bytes that tell nothing of the person without ID_KEY."""
        a = address
        named = [a.platform, a.enterprise, a.team, a.channel, a.user, a.thread]
        return hmac.digest(self._id_key, json.dumps(named).encode(), hashlib.sha256)

    def nobody(self, platform: str) -> bytes:
        """The key under which this platform's events stand that name nobody."""
        return self.conv_key(Address(platform, "", "", "", "", ""))

    def seal(self, text: str) -> bytes:
        """The text encrypted under the newest DATA_KEY."""
        return self._data.encrypt(text.encode())

    def unseal(self, sealed: bytes) -> str:
        """What `seal` was given. Raises SettingsError where no DATA_KEY fits any more."""
        try:
            return self._data.decrypt(sealed).decode()
        except InvalidToken:
            raise SettingsError(["DATA_KEY に、前の鍵がありません。"]) from None


def _make(file: Path) -> None:
    """Write new keys whole, or leave those another process has just written."""
    keys = {"id_key": secrets.token_hex(KEY_BYTES), "data_key": Fernet.generate_key().decode()}
    draft = file.with_name(f".{_FILE}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="ascii") as out:
        json.dump(keys, out)
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
