"""What we know of the businesses of an area, to be compared."""

from core.models import AuditEvent
from partners.register.models import AreaPlace
from tests.partners.register.opendata.lists import place

THREE = [place(11, "Harbour View"), place(12, "The Lamp"), place(13, "Old Mill")]


def outcomes(load):
    return {row.scheme_id: row.outcome for row in load.rows.all()}


def known():
    """Return all we know of the businesses, to be compared."""
    return sorted(
        AreaPlace.objects.values_list(
            *("scheme_id", "source", "name", "street", "town", "postcode", "district"),
            *("premises", "gone_on", "not_counted", "told_apart"),
        ),
        key=str,
    )


def verbs(subject):
    return [event.verb for event in AuditEvent.objects.about(subject).order_by("pk")]


def told(one):
    return {
        "scheme_id": one["FHRSID"],
        "name": one["BusinessName"],
        "street": one["AddressLine2"],
        "town": one["AddressLine3"],
        "postcode": one["PostCode"],
    }


def names(response):
    return [str(row) for row in response.context["object_list"]]


def flashes(response):
    return [str(message) for message in response.context["messages"]]
