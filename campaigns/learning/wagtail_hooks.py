from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from campaigns.learning.models import Module
from campaigns.learning.viewsets import ModulePolicy, ModuleViewSet

register_permission_policy(Module, ModulePolicy(Module))
register_snippet(ModuleViewSet)


@hooks.register("register_admin_urls")
def learning_urls() -> list[URLPattern | URLResolver]:
    return [path("", include("campaigns.learning.urls"))]


@hooks.register("construct_snippet_action_menu")
def never_unpublish(
    items: list[ActionMenuItem], request: object, context: dict[str, object]
) -> None:
    """Take away what can only be refused: a module that was taught stays."""
    if context.get("model") is Module:
        items[:] = [item for item in items if item.name != "action-unpublish"]
