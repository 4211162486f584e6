from outbox.services.delivering import deliver_message
from outbox.services.receipts import ask_for_receipts, forget_reader, note_receipt
from outbox.services.rounds import (
    begin_round,
    end_round,
    raise_alarms,
    tell_of_standstill,
    troubles,
)
from outbox.services.writing import add_message, queue_invitation, queue_message

__all__ = [
    "add_message",
    "ask_for_receipts",
    "begin_round",
    "deliver_message",
    "end_round",
    "forget_reader",
    "note_receipt",
    "queue_invitation",
    "queue_message",
    "raise_alarms",
    "tell_of_standstill",
    "troubles",
]
