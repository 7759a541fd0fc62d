"""The trial LINE's calls for setting up: quota, the webhook's address, rich menus, contents."""

from collections.abc import Awaitable
from http import HTTPStatus

from bot.trial.line import Answer, Line, refusal
from bot.trial.line_api import MESSAGES, Call, Table
from bot.trial.line_checks import link
from bot.trial.line_menus import MENU, image_faults
from bot.trial.line_messages import faults_of


def quota(line: Line, call: Call) -> Answer:
    if line.account.quota is None:
        return Answer(200, {"type": "none"})
    return Answer(200, {"type": "limited", "value": line.account.quota})


def consumption(line: Line, call: Call) -> Answer:
    return Answer(200, {"totalUsage": line.account.used})


def info(line: Line, call: Call) -> Answer:
    return Answer(
        200,
        {
            "userId": line.account.bot,
            "basicId": "@trial",
            "displayName": "お試し",
            "chatMode": "bot",
            "markAsReadMode": "auto",
        },
    )


def webhook(line: Line, call: Call) -> Answer:
    if not line.account.webhook:
        return refusal("Webhook endpoint not found", 404)
    return Answer(200, {"endpoint": line.account.webhook, "active": line.account.webhook_active})


def set_webhook(line: Line, call: Call) -> Answer:
    """The address must be https; plain http is taken on this machine only."""
    wanted = call.body.get("endpoint") if isinstance(call.body, dict) else None
    local = isinstance(wanted, str) and wanted.startswith("http://127.0.0.1:")
    if list(link("https", most=500)(wanted, "endpoint")) and not local:
        return refusal("Invalid webhook endpoint URL")
    line.account.webhook = str(wanted)
    return Answer(200, {})


def test_webhook(line: Line, call: Call) -> Awaitable[Answer]:
    """The platform knocks at the webhook with no events and says what it got."""

    async def knock() -> Answer:
        status, error = await line.knock()
        return Answer(
            200,
            {
                "success": status == 200,
                "timestamp": "2026-11-22T00:00:00.000Z",
                "statusCode": status or 0,
                "reason": HTTPStatus(status).phrase if status else "COULD_NOT_CONNECT",
                "detail": str(status or error),
            },
        )

    return knock()


def make_menu(line: Line, call: Call) -> Answer:
    if not line.rates.allow("menu", line.now()):
        return refusal("The API rate limit has been exceeded. Try again later.", 429)
    if found := faults_of(MENU, call.body):
        return refusal("; ".join(f"{each.property}: {each.message}" for each in found))
    name = f"richmenu-{line.ids.token()}"
    line.menus[name] = call.body
    return Answer(200, {"richMenuId": name})


def list_menus(line: Line, call: Call) -> Answer:
    return Answer(200, {"richmenus": [{"richMenuId": k, **v} for k, v in line.menus.items()]})


def get_menu(line: Line, call: Call) -> Answer:
    menu = line.menus.get(call.path["id"])
    return Answer(200, {"richMenuId": call.path["id"], **menu}) if menu else _no_menu()


def delete_menu(line: Line, call: Call) -> Answer:
    if line.menus.pop(call.path["id"], None) is None:
        return _no_menu()
    line.menu_images.pop(call.path["id"], None)
    line.default_menu = "" if line.default_menu == call.path["id"] else line.default_menu
    return Answer(200, {})


def set_default(line: Line, call: Call) -> Answer:
    """Only a menu that has its image can be shown to everybody."""
    if call.path["id"] not in line.menus:
        return _no_menu()
    if call.path["id"] not in line.menu_images:
        return refusal("must upload richmenu image before applying it to user")
    line.default_menu = call.path["id"]
    return Answer(200, {})


def get_default(line: Line, call: Call) -> Answer:
    if not line.default_menu:
        return refusal("no default richmenu", 404)
    return Answer(200, {"richMenuId": line.default_menu})


def clear_default(line: Line, call: Call) -> Answer:
    line.default_menu = ""
    return Answer(200, {})


def upload(line: Line, call: Call) -> Answer:
    """The image of a menu: once, and of the size the menu says."""
    menu = line.menus.get(call.path["id"])
    if menu is None:
        return _no_menu()
    if call.path["id"] in line.menu_images:
        return refusal("An image has already been uploaded to the richmenu")
    if found := image_faults(call.raw, call.headers.get("content-type", ""), menu["size"]):
        return refusal(found[0])
    line.menu_images[call.path["id"]] = call.raw
    return Answer(200, {})


def content(line: Line, call: Call) -> Answer:
    """What a person sent: an image, a video, a sound or a file."""
    kept = line.contents.get(call.path["id"])
    return Answer(200, kept) if kept is not None else refusal("Not found", 404)


def _no_menu() -> Answer:
    return refusal("richmenu not found", 404)


_ENDPOINT, _ALL = "/v2/bot/channel/webhook/endpoint", "/v2/bot/user/all/richmenu"
API: Table = [
    *MESSAGES,
    ("GET", "/v2/bot/message/quota", "quota", quota, False),
    ("GET", "/v2/bot/message/quota/consumption", "consumption", consumption, False),
    ("GET", "/v2/bot/info", "info", info, False),
    ("GET", _ENDPOINT, "webhook", webhook, False),
    ("PUT", _ENDPOINT, "set_webhook", set_webhook, False),
    ("POST", "/v2/bot/channel/webhook/test", "test_webhook", test_webhook, False),
    ("POST", "/v2/bot/richmenu", "make_menu", make_menu, False),
    ("GET", "/v2/bot/richmenu/list", "list_menus", list_menus, False),
    ("GET", "/v2/bot/richmenu/{id}", "get_menu", get_menu, False),
    ("DELETE", "/v2/bot/richmenu/{id}", "delete_menu", delete_menu, False),
    ("POST", f"{_ALL}/{{id}}", "set_default", set_default, False),
    ("GET", _ALL, "get_default", get_default, False),
    ("DELETE", _ALL, "clear_default", clear_default, False),
]
"""What api.line.me answers."""
DATA: Table = [
    ("POST", "/v2/bot/richmenu/{id}/content", "upload", upload, True),
    ("GET", "/v2/bot/message/{id}/content", "content", content, True),
]
"""What api-data.line.me answers: files only."""
