"""A way out that is set up by half is an error before it is a silence."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register

from outbox.channels import CARRIERS_OF, carrier_name
from outbox.enums import Channel

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# Notify shows a key as name, service and secret in one, joined by hyphens.
API_KEY = re.compile(rf".+-{UUID}-{UUID}")
TEMPLATE = re.compile(UUID)
SHORTEST_TOKEN = 20


@register()
def channels_are_whole(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    return [*_carriers(), *_notify(), *_receipts()]


def _carriers() -> Iterator[CheckMessage]:
    for channel, names in CARRIERS_OF.items():
        name = carrier_name(channel)
        if name not in names and not (channel == Channel.SMS and name == ""):
            yield Error(
                f"“{name}” carries no {channel.value}: choose {' or '.join(names)}.",
                hint="SPOT_EMAIL_BY, SPOT_SMS_BY",
                id="outbox.E001",
            )


def _notify() -> Iterator[CheckMessage]:
    notify = settings.NOTIFY
    used = [channel for channel in Channel if carrier_name(channel) == "notify"]
    if not used:
        if notify["api_key"]:
            yield checks.Warning(
                "There is a key for GOV.UK Notify, but nothing is sent by it.",
                hint="Set SPOT_EMAIL_BY or SPOT_SMS_BY to notify, or remove the key.",
                id="outbox.W002",
            )
        return
    if not API_KEY.fullmatch(notify["api_key"]):
        yield Error(
            "The key for GOV.UK Notify is missing, or not whole.",
            hint="SPOT_NOTIFY_API_KEY",
            id="outbox.E003",
        )
    for channel in used:
        if not TEMPLATE.fullmatch(notify[f"{channel.value}_template"]):
            yield Error(
                f"The template at GOV.UK Notify for {channel.value} is missing.",
                hint=f"SPOT_NOTIFY_{channel.name}_TEMPLATE",
                id="outbox.E004",
            )


def _receipts() -> Iterator[CheckMessage]:
    token = settings.NOTIFY["callback_token"]
    if token and len(token) < SHORTEST_TOKEN:
        yield Error(
            f"The token for receipts has fewer than {SHORTEST_TOKEN} characters.",
            hint="SPOT_NOTIFY_CALLBACK_TOKEN",
            id="outbox.E005",
        )
