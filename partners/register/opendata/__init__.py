from partners.register.opendata.entries import Entry, district_of, tidy_postcode
from partners.register.opendata.errors import OpenDataError
from partners.register.opendata.fetching import (
    Authority,
    OpenDataService,
    Page,
)
from partners.register.opendata.files import (
    MAX_BYTES,
    MAX_MEGABYTES,
    Extract,
    read_list,
    too_large,
)

__all__ = [
    "MAX_BYTES",
    "MAX_MEGABYTES",
    "Authority",
    "Entry",
    "Extract",
    "OpenDataError",
    "OpenDataService",
    "Page",
    "district_of",
    "read_list",
    "tidy_postcode",
    "too_large",
]
