"""LINE as one channel: it reads what arrives and draws what is said, without the vendor's code."""

from bot.channels.line_body import open_body
from bot.channels.line_draw import LineDrawing
from bot.channels.line_events import Read, read_events
from bot.settings import LineSettings
from dialogs.reply import Reply
from dialogs.session import Session

SIGNATURE = b"x-line-signature"
"""The header that carries the signature, as ASGI writes names."""


class Line:
    """The channel. Its client is `line_api.LineApi`, which only delivery holds."""

    name = "line"
    signature = SIGNATURE

    def __init__(self, settings: LineSettings) -> None:
        self._secrets = tuple(secret.encode() for secret in settings.secrets)
        self._bot = settings.bot_user_id
        self._drawing = LineDrawing()

    def read(self, body: bytes, signature: str | None) -> list[Read]:
        """The events of one request, in their order. Raises NotHeard."""
        destination, events = open_body(body, signature, self._secrets, self._bot)
        return read_events(destination, events)

    def draw(self, reply: Reply, session: Session) -> bytes:
        """See `Channel`."""
        return self._drawing.draw(reply, session)

    def apology(self, phone: str) -> bytes:
        """See `Channel`."""
        return self._drawing.apology(phone)
