"""The parts a page is made of. They place routes and signs and hold none themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from campaigns.guidance.enums import StepStyle, Voice
from campaigns.routes.enums import RouteGroup
from campaigns.routes.models import Route
from campaigns.signs.enums import Audience, Harm
from media.images.blocks import VideoChooserBlock

PARAGRAPHS_HELP = _(
    "An empty line begins a new paragraph. Write {route:101} for a number and "
    "{link:hotels} for a page: never type a number."
)

type Values = dict[str, Any]


def route_choices() -> list[tuple[str, str]]:
    """Return the routes by key, for an editor to choose from."""
    keys = Route.objects.order_by("position", "pk").values_list("key", flat=True)
    return [(key, key) for key in keys]


class RouteKeyBlock(blocks.FieldBlock):
    """The key of a route.

    Not a ChoiceBlock: that looks its choices up again for every value it shows.
    """

    def __init__(self, *, required: bool = True, **kwargs: Any) -> None:
        self.field = forms.ChoiceField(choices=route_choices, required=required)
        super().__init__(**kwargs)

    class Meta:
        icon = "mail"


class PathBlock(blocks.CharBlock):
    """The address of a page: the same in every language, so never translated."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Tell wagtail-localize that there is nothing to translate."""
        return []


class ParagraphsBlock(blocks.TextBlock):
    """Plain paragraphs, with tokens for numbers and links."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"rows": 4, "help_text": PARAGRAPHS_HELP} | kwargs)


class SectionBlock(blocks.StructBlock):
    """A heading, some words, and what the kinds of section below add to them."""

    heading = blocks.CharBlock(max_length=120)
    body = ParagraphsBlock(required=False)

    def get_context(
        self, value: Values, parent_context: Values | None = None
    ) -> Values:
        context: Values = super().get_context(value, parent_context=parent_context)
        if parent_context and "placed" in parent_context:
            context |= self.placed_in(value, parent_context["placed"])
        return context

    def placed_in(self, value: Values, placed: Any) -> Values:
        """Return what the template needs of the page's routes, signs and links."""
        return {}


class TextSection(SectionBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Words")
        template = "guidance/blocks/text.html"


class CalloutSection(SectionBlock):
    class Meta:
        icon = "warning"
        label = _("Callout")
        template = "guidance/blocks/callout.html"


class StepsSection(SectionBlock):
    style = blocks.ChoiceBlock(choices=StepStyle.choices, default=StepStyle.NUMBERED)
    items = blocks.ListBlock(blocks.CharBlock(max_length=400))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "guidance/blocks/steps.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=200)
    answer = ParagraphsBlock()


class QuestionsSection(SectionBlock):
    items = blocks.ListBlock(QuestionBlock())

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "guidance/blocks/questions.html"


class SignsSection(SectionBlock):
    audiences = blocks.MultipleChoiceBlock(choices=Audience.choices)
    harm = blocks.ChoiceBlock(choices=Harm.choices, required=False)
    limit = blocks.IntegerBlock(min_value=1, required=False)

    class Meta:
        icon = "view"
        label = _("Signs")
        template = "guidance/blocks/signs.html"

    def placed_in(self, value: Values, placed: Any) -> Values:
        groups = placed.sign_groups(
            value["audiences"], harm=value["harm"], limit=value["limit"]
        )
        languages = {sign.language for group in groups for sign in group.signs}
        return {
            "groups": groups,
            "has_foreign_signs": bool(languages - {placed.list_language}),
        }


class RoutesSection(SectionBlock):
    keys = blocks.ListBlock(RouteKeyBlock(), default=[])
    groups = blocks.MultipleChoiceBlock(choices=RouteGroup.choices, required=False)
    voice = blocks.ChoiceBlock(choices=Voice.choices, default=Voice.PUBLIC)
    is_folded = blocks.BooleanBlock(
        required=False, help_text=_("Show the heading only, until a reader opens it.")
    )

    class Meta:
        icon = "mail"
        label = _("Routes")
        template = "guidance/blocks/routes.html"

    def placed_in(self, value: Values, placed: Any) -> Values:
        return {
            "routes": placed.cards(
                keys=list(value["keys"]),
                groups=value["groups"] or [],
                for_business=value["voice"] == Voice.BUSINESS,
            )
        }


class DoorsSection(SectionBlock):
    """Doors to other pages: all the page knows, or those named, in their order."""

    links = blocks.ListBlock(
        blocks.CharBlock(max_length=80),
        default=[],
        help_text=_("Addresses of pages, such as hotel-reception. Without any: all."),
    )

    def get_context(
        self, value: Values, parent_context: Values | None = None
    ) -> Values:
        context = super().get_context(value, parent_context=parent_context)
        doors = (parent_context or {}).get("doors", [])
        if value["links"]:
            by_path = {door["path"]: door for door in doors}
            doors = [by_path[path] for path in value["links"] if path in by_path]
        return context | {"doors": doors}

    class Meta:
        icon = "home"
        label = _("Doors")
        template = "guidance/blocks/doors.html"


class PictureSection(SectionBlock):
    """A picture, beside words or alone. Left out once it may no longer be shown."""

    heading = blocks.CharBlock(max_length=120, required=False)
    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "guidance/blocks/picture.html"

    def placed_in(self, value: Values, placed: Any) -> Values:
        return {"image": placed.usable(value["image"])}


class VideoSection(SectionBlock):
    """A video with captions, and its words to read. Left out like a picture."""

    video = VideoChooserBlock()

    class Meta:
        icon = "media"
        label = _("Video")
        template = "guidance/blocks/video.html"

    def placed_in(self, value: Values, placed: Any) -> Values:
        video = placed.usable(value["video"])
        if video is None:
            return {}
        captions = [*video.captions.order_by("pk")]
        by_language = {one.language: one for one in reversed(captions)}
        own = by_language.get(placed.list_language) or by_language.get("en")
        return {
            "video": video,
            "captions": captions,
            "transcript": own or next(iter(captions), None),
        }


class BodyBlock(blocks.StreamBlock):
    text = TextSection()
    steps = StepsSection()
    signs = SignsSection()
    routes = RoutesSection()
    question_and_answer = QuestionsSection()
    callout = CalloutSection()
    doors = DoorsSection()
    picture = PictureSection()
    video = VideoSection()


class ChoiceCardBlock(blocks.StructBlock):
    """One of the big choices of the home page: a route to call, or a place to go."""

    heading = blocks.CharBlock(max_length=60)
    text = blocks.CharBlock(max_length=200)
    route = RouteKeyBlock(required=False)
    link = PathBlock(
        max_length=80,
        required=False,
        help_text=_("The address of a page, such as hotels, or finder or join."),
    )

    class Meta:
        icon = "link"
        label = _("Choice")


class ChoicesBlock(blocks.StreamBlock):
    choice = ChoiceCardBlock()
