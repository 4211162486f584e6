from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from outbox.services import queue_message
from partners.register.models import ManagerLink, Premises

type Address = tuple[str, tuple[str, ...]]


def full_address(address_of: Address) -> str:
    name, arguments = address_of
    return settings.WAGTAILADMIN_BASE_URL + reverse(name, args=arguments)


def tell_managers(
    *,
    premises: Premises,
    template: str,
    dedupe_key: str,
    context: dict[str, Any],
    address_of: Address,
    now: datetime,
) -> int:
    """Tell each manager of the premises once per key; return how many are new."""
    managers = ManagerLink.objects.active().of_premises(premises).people()
    context = {**context, "premises": premises, "address": full_address(address_of)}
    messages = [
        queue_message(
            dedupe_key=f"{dedupe_key}:user:{manager.pk}",
            template=template,
            context={**context, "name": manager.name},
            recipient=manager,
            area=premises.area,
            about=premises.key,
            now=now,
        )
        for manager in managers.order_by("pk")
    ]
    return sum(message is not None for message in messages)
