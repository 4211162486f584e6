import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from outbox.models import Message


class MessageFactory(DjangoModelFactory[Message]):
    class Meta:
        model = Message

    dedupe_key = factory.Sequence(lambda n: f"message:{n}")
    address = "someone@hotel.example"
    template = "hello"
    subject = factory.Sequence(lambda n: f"Hello {n}")
    body = "The words."
    message_id = factory.Sequence(lambda n: f"<{n}@force.example>")
    queued_at = factory.LazyFunction(timezone.now)
    next_try_at = factory.LazyFunction(timezone.now)
