"""The yardstick: an echo after the official SDK's own async FastAPI example, stateless.

TRUST_ENV=0 gives its aiohttp session no proxies to look for, which makes it quicker.
"""

import os

import aiohttp
from fastapi import FastAPI, HTTPException, Request
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import (
    AsyncApiClient,
    AsyncMessagingApi,
    Configuration,
    ReplyMessageRequest,
    TextMessage,
)
from linebot.v3.webhook import WebhookParser
from linebot.v3.webhooks import MessageEvent, TextMessageContent

configuration = Configuration(
    access_token=os.environ["LINE_CHANNEL_ACCESS_TOKEN"], host=os.environ["LINE_API_URL"]
)
app = FastAPI()
client: AsyncApiClient
parser = WebhookParser(os.environ["LINE_CHANNEL_SECRET"])


@app.on_event("startup")
async def open_client() -> None:
    global client  # noqa: PLW0603 - as in the example, it lives beside the app
    client = AsyncApiClient(configuration)
    if os.environ.get("TRUST_ENV") == "0":
        await client.rest_client.pool_manager.close()
        client.rest_client.pool_manager = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=100), trust_env=False
        )


@app.post("/line/webhook")
async def handle_callback(request: Request) -> str:
    body = (await request.body()).decode()
    try:
        events = parser.parse(body, request.headers["X-Line-Signature"])
    except InvalidSignatureError:
        raise HTTPException(status_code=400, detail="Invalid signature") from None
    for event in events:
        if isinstance(event, MessageEvent) and isinstance(event.message, TextMessageContent):
            await AsyncMessagingApi(client).reply_message(
                ReplyMessageRequest(
                    reply_token=event.reply_token, messages=[TextMessage(text=event.message.text)]
                )
            )
    return "OK"
