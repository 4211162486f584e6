"""Lists in the format of the food hygiene open data, as the authorities publish them.

The places are invented. The words around them, the order of the parts and what stays
empty are those of the published files and of the answers of the service.
"""

import json
from typing import Any
from xml.sax.saxutils import escape

AUTHORITY = "901"
LODGING, PUB = 7842, 7843
TYPES = {LODGING: "Hotel/bed & breakfast/guest house", PUB: "Pub/bar/nightclub"}


def place(scheme_id: int, name: str, **changes: Any) -> dict[str, Any]:
    """Return an entry with the keys of the format, ratings and all."""
    told = {
        "FHRSID": scheme_id,
        "LocalAuthorityBusinessID": f"PI/{scheme_id:09}",
        "BusinessName": name,
        "BusinessType": TYPES.get(changes.get("BusinessTypeID", LODGING), "Other"),
        "BusinessTypeID": LODGING,
        "AddressLine1": name,
        "AddressLine2": f"{scheme_id % 90 + 1} Harbour Street",
        "AddressLine3": "Ashbeck",
        "AddressLine4": "",
        "PostCode": "ZZ1 1AB",
        "RatingValue": "5",
        "RatingKey": "fhrs_5_en-gb",
        "RatingDate": "2026-03-17",
        "LocalAuthorityCode": AUTHORITY,
        "LocalAuthorityName": "Ashbeck",
        "LocalAuthorityWebSite": "https://www.ashbeck.example",
        "LocalAuthorityEmailAddress": "food@ashbeck.example",
        "SchemeType": "FHRS",
        "NewRatingPending": "False",
    }
    return told | changes


def as_xml(places: list[dict[str, Any]], *, encoding: str = "utf-8") -> bytes:
    """Return the file of an authority."""
    details = "".join(map(_detail, places))
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n'
        '<FHRSEstablishment xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<Header><ExtractDate>2026-11-16</ExtractDate><ItemCount>{len(places)}"
        "</ItemCount><ReturnCode>Success</ReturnCode></Header>"
        f"<EstablishmentCollection>{details}</EstablishmentCollection>"
        "</FHRSEstablishment>"
    )
    return text.encode(encoding)


def _detail(told: dict[str, Any]) -> str:
    parts = "".join(
        f"<{name}>{escape(str(value))}</{name}>" for name, value in told.items()
    )
    return (
        f"<EstablishmentDetail>{parts}"
        "<Scores><Hygiene>0</Hygiene><Structural>5</Structural>"
        "<ConfidenceInManagement>0</ConfidenceInManagement></Scores>"
        "<Geocode><Longitude>-1.5</Longitude><Latitude>53.8</Latitude></Geocode>"
        "</EstablishmentDetail>"
    )


def as_json_file(places: list[dict[str, Any]]) -> bytes:
    """Return the same list as it is published in JSON."""
    header = {"ExtractDate": "2026-11-16", "ItemCount": len(places)}
    collection = {"EstablishmentDetail": places}
    whole = {"Header": header, "EstablishmentCollection": collection}
    return json.dumps({"FHRSEstablishment": whole}).encode()


def as_answer(
    places: list[dict[str, Any]], *, number: int = 1, size: int = 5000
) -> bytes:
    """Return one page of an answer of the service, version 2."""
    first = (number - 1) * size
    meta = {
        "dataSource": "API",
        "extractDate": "0001-01-01T00:00:00",
        "itemCount": 0,
        "returncode": "OK",
        "totalCount": len(places),
        "totalPages": -(-len(places) // size),
        "pageSize": size,
        "pageNumber": number,
    }
    shown = [
        one | {"geocode": {"longitude": None, "latitude": None}, "Distance": None}
        for one in places[first : first + size]
    ]
    return json.dumps({"establishments": shown, "meta": meta, "links": []}).encode()


def as_authorities() -> bytes:
    """Return the answer of the service that names its authorities."""
    told = [
        (7001, AUTHORITY, "Ashbeck"),
        (7002, "902", "Ashby"),
        (7003, "903", "Northmoor"),
        # Whole countries stand in the list, too, and have no file.
        (-1, "", "England"),
    ]
    authorities = [
        {
            "LocalAuthorityId": number,
            "LocalAuthorityIdCode": code,
            "Name": name,
            "EstablishmentCount": 900,
            "SchemeType": 1,
            "links": [],
        }
        for number, code, name in told
    ]
    return json.dumps({"authorities": authorities}).encode()
