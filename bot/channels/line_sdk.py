"""The only file that knows LINE's SDK: what it says of a payload, and the calls of the set-up.

`serve` never imports it: loading it costs seconds and some 60 MB.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from linebot.v3.messaging import (
    ApiClient,
    Configuration,
    MessagingApi,
    MessagingApiBlob,
    ReplyMessageRequest,
    RichMenuRequest,
    SetWebhookEndpointRequest,
)
from linebot.v3.messaging.exceptions import OpenApiException
from urllib3.exceptions import HTTPError

from bot.errors import NotSent

Json = Mapping[str, Any]
TIMEOUT = (5.0, 20.0)
"""Seconds to connect, and to wait for an answer."""


def refused(messages: Sequence[Json]) -> list[str]:
    """What the SDK's models refuse or silently drop of these messages, a sentence each."""
    given = {"replyToken": "token", "messages": list(messages), "notificationDisabled": False}
    try:
        read = ReplyMessageRequest.from_dict(given).to_dict()
    except (ValueError, LookupError, TypeError) as error:
        first = str(error).replace("\n", " ")[:200]
        return [f"LINEの部品として読めません（{type(error).__name__}: {first}）。"]
    return list(_lost(given, read, ""))


def _lost(given: Any, read: Any, at: str) -> Iterator[str]:
    """Where what was given is not what was read."""
    if isinstance(given, dict) and isinstance(read, dict):
        for key in given:
            yield from _lost(given[key], read.get(key), f"{at}.{key}")
    elif isinstance(given, list) and isinstance(read, list) and len(given) == len(read):
        for number, (one, other) in enumerate(zip(given, read, strict=True)):
            yield from _lost(one, other, f"{at}[{number}]")
    elif given != read:
        yield f"LINEの部品に「{at.lstrip('.')}」という項目はありません。"


class LineAccount:
    """The account behind a token: its rich menus and its webhook. Every call may raise NotSent."""

    def __init__(self, token: str, api_url: str, data_api_url: str) -> None:
        self._api = MessagingApi(ApiClient(Configuration(host=api_url, access_token=token)))
        configuration = Configuration(host=data_api_url, access_token=token)
        self._blob = MessagingApiBlob(_OwnHost(configuration))

    def menus(self, name: str) -> list[str]:
        """The ids of the rich menus of this name."""
        with _said():
            found = self._api.get_rich_menu_list(_request_timeout=TIMEOUT).richmenus
        return [menu.rich_menu_id for menu in found if menu.name == name]

    def add_menu(self, menu: Json, image: bytes) -> str:
        """A new rich menu with its image; its id. Nobody sees it before `show_menu`."""
        with _said():
            asked = RichMenuRequest.from_dict(dict(menu))
            added = self._api.create_rich_menu(asked, _request_timeout=TIMEOUT)
            id = str(added.rich_menu_id)
            kind = {"Content-Type": "image/png"}
            self._blob.set_rich_menu_image(
                id, bytearray(image), _headers=kind, _request_timeout=TIMEOUT
            )
        return id

    def show_menu(self, id: str) -> None:
        """Show this rich menu to everybody."""
        with _said():
            self._api.set_default_rich_menu(id, _request_timeout=TIMEOUT)

    def drop_menu(self, id: str) -> None:
        with _said():
            self._api.delete_rich_menu(id, _request_timeout=TIMEOUT)

    def set_webhook(self, url: str) -> None:
        """Where LINE sends its events from now on."""
        with _said():
            wanted = SetWebhookEndpointRequest(endpoint=url)
            self._api.set_webhook_endpoint(wanted, _request_timeout=TIMEOUT)


class _OwnHost(ApiClient):  # type: ignore[misc]  # the SDK has no types
    """The SDK writes the host of images into its code; this one goes where it is told."""

    def call_api(self, *given: Any, **named: Any) -> Any:
        return super().call_api(*given, **{**named, "_host": None})


@contextmanager
def _said() -> Iterator[None]:
    """The SDK's and the network's errors as NotSent, without the token or a body."""
    try:
        yield
    except OpenApiException as error:
        raise NotSent(getattr(error, "status", None) or 0, type(error).__name__) from None
    except (HTTPError, OSError) as error:
        raise NotSent(0, type(error).__name__) from None
