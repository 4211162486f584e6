"""How an address finds its page without asking the database again."""

from copy import copy

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import (  # noqa: TID251 -- Wagtail hands requests to pages
    Http404,
    HttpRequest,
)
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from core.remembering import once

# Up to so many pages below one are remembered together.
MANY = 200


class FoundPage(Page):
    """A page that is found by what is remembered of the tree."""

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return none, without the two queries that would find none."""
        none: QuerySet[PageViewRestriction] = PageViewRestriction.objects.none()
        return none

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Go down the tree as Wagtail does, by what is remembered of it."""
        if not path_components:
            return super().route(request, path_components)
        page = self._below(path_components[0])
        if page is None:
            raise Http404
        result: RouteResult = page.route(request, path_components[1:])
        return result

    def _below(self, slug: str) -> Page | None:
        if self.numchild > MANY:
            found = self.get_children().filter(slug=slug).first()
            return found.specific if found else None
        kinds = once(("below", self.pk), self._kinds_below)
        if slug not in kinds:
            return None
        pk, kind = kinds[slug]
        content_type = ContentType.objects.get_for_id(kind)
        # A copy, because what is remembered is shared with other readers.
        return copy(
            once(("page", pk), lambda: content_type.get_object_for_this_type(pk=pk))
        )

    def _kinds_below(self) -> dict[str, tuple[int, int]]:
        """Return the key and the content type of each page below, by its slug."""
        rows = self.get_children().values_list("slug", "pk", "content_type")
        return {slug: (pk, kind) for slug, pk, kind in rows}
