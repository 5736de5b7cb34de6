"""Channels as its tutorial has it; with BENCH_KEEPS=1 each message is a row first."""

import os
from typing import Any
from uuid import UUID

import django
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.db import models
from django.urls import re_path

django.setup()

KEEPS = os.environ.get("BENCH_KEEPS") == "1"


class Message(models.Model):
    room = models.TextField()
    client_id = models.UUIDField()
    body = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)

    objects: models.Manager["Message"] = models.Manager()

    class Meta:
        app_label = "bench"
        db_table = "bench_message"
        managed = False

    def __str__(self) -> str:
        return self.room


class Chat(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    async def connect(self) -> None:
        self.room = self.scope["url_route"]["kwargs"]["room"]
        await self.channel_layer.group_add(self.room, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.room, self.channel_name)

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        if KEEPS:
            await keep(self.room, UUID(content["client_id"]), content["body"])
        told = {"type": "chat.message", "said": content}
        await self.channel_layer.group_send(self.room, told)

    async def chat_message(self, event: dict[str, Any]) -> None:
        await self.send_json(event["said"])


def _keep(room: str, client_id: UUID, body: str) -> None:
    Message.objects.create(room=room, client_id=client_id, body=body)


keep = database_sync_to_async(_keep)


application = ProtocolTypeRouter(
    {"websocket": URLRouter([re_path(r"(?P<room>[\w-]+)/$", Chat.as_asgi())])}
)
