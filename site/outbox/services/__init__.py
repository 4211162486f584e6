from outbox.services.delivering import deliver_message
from outbox.services.receipts import ask_for_receipts, forget_reader, note_receipt
from outbox.services.writing import add_message, queue_invitation, queue_message

__all__ = [
    "add_message",
    "ask_for_receipts",
    "deliver_message",
    "forget_reader",
    "note_receipt",
    "queue_invitation",
    "queue_message",
]
