"""The parts an editor writes a module of, and what each is frozen to.

`frozen` returns a part in the shape of docs/modules.md; `from_frozen` is its opposite,
for the content files and for modules that were published before they could be edited.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from campaigns.learning.enums import PartKind, SceneMotif, WorkRole
from campaigns.learning.rules.shape import Content
from campaigns.routes.models import Route
from campaigns.signs.models import Sign
from media.images.blocks import VideoChooserBlock

type Choices = list[tuple[str, str]]

NO_NUMBERS = _("Never type a telephone number: place a route instead.")
ROLES_HELP = _("Only for these. Without any: for everybody who learns the module.")
MOST_LETTERS = 600


def route_choices() -> Choices:
    keys = Route.objects.order_by("position", "pk").values_list("key", flat=True)
    return [(key, key) for key in keys]


class KeyBlock(blocks.FieldBlock):
    """The key of something from a list.

    Not a ChoiceBlock: that looks its choices up again for every value it shows.
    """

    def __init__(self, *, required: bool = True, **kwargs: Any) -> None:
        choices = self.choices
        self.field = forms.ChoiceField(choices=choices, required=required)
        super().__init__(**kwargs)

    def choices(self) -> Choices:
        raise NotImplementedError


class SignKeyBlock(KeyBlock):
    def choices(self) -> Choices:
        """Return the signs by key, with their first English words."""
        signs = Sign.objects.with_english_text().order_by("position", "pk")
        return [(sign.key, sign.english_text or sign.key) for sign in signs]


class RouteKeyBlock(KeyBlock):
    def choices(self) -> Choices:
        return route_choices()


class WordsBlock(blocks.TextBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"rows": 2, "max_length": MOST_LETTERS} | kwargs)


class PartBlock(blocks.StructBlock):
    """One part of a lesson. `frozen` names its fields as a version keeps them."""

    def frozen(self, value: blocks.StructValue) -> Content:
        return {name: _plain(value.get(name)) for name in self.child_blocks}

    def from_frozen(self, part: Content) -> Content:
        """Return the part as a StreamField stores it."""
        return {name: part.get(name) for name in self.child_blocks}


def _plain(value: Any) -> Any:
    if isinstance(value, blocks.list_block.ListValue):
        return [_plain(item) for item in value]
    return value if value is not None else ""


class TextPart(PartBlock):
    paragraphs = blocks.ListBlock(
        WordsBlock(rows=3), label=_("Paragraphs"), help_text=NO_NUMBERS
    )

    class Meta:
        icon = "pilcrow"
        label = PartKind.TEXT.label


class PointsPart(PartBlock):
    items = blocks.ListBlock(blocks.CharBlock(max_length=200), label=_("Points"))

    class Meta:
        icon = "list-ul"
        label = PartKind.POINTS.label


class SayPart(PartBlock):
    text = WordsBlock(
        label=_("Words"), help_text=_("The very words, in quotation marks.")
    )

    class Meta:
        icon = "openquote"
        label = PartKind.SAY.label


class SignsPart(PartBlock):
    keys = blocks.ListBlock(SignKeyBlock(), label=_("Signs"))

    class Meta:
        icon = "view"
        label = PartKind.SIGNS.label


class RoutesPart(PartBlock):
    keys = blocks.ListBlock(RouteKeyBlock(), label=_("Routes"))

    class Meta:
        icon = "mail"
        label = PartKind.ROUTES.label


class PicturePart(PartBlock):
    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(max_length=200, required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = PartKind.PICTURE.label

    def frozen(self, value: blocks.StructValue) -> Content:
        image = value["image"]
        return {
            "image": image.pk if image else None,
            "alt": image.contextual_alt_text or "" if image else "",
            "caption": value["caption"],
        }

    def from_frozen(self, part: Content) -> Content:
        image = {"image": part["image"], "alt_text": part["alt"], "decorative": False}
        return {"image": image, "caption": part["caption"]}


class VideoPart(PartBlock):
    video = VideoChooserBlock(label=_("Video"))

    class Meta:
        icon = "media"
        label = PartKind.VIDEO.label

    def frozen(self, value: blocks.StructValue) -> Content:
        return {"video": value["video"].pk if value["video"] else None}


class LineBlock(blocks.StructBlock):
    who = blocks.CharBlock(max_length=40, label=_("Who speaks"))
    text = WordsBlock(label=_("What they say"))

    class Meta:
        icon = "user"
        label = _("Line")


class DialoguePart(PartBlock):
    lines = blocks.ListBlock(LineBlock(), label=_("Lines"))

    class Meta:
        icon = "comment"
        label = PartKind.DIALOGUE.label

    def frozen(self, value: blocks.StructValue) -> Content:
        return {"lines": [{**line} for line in value["lines"]]}


class SpotBlock(blocks.StructBlock):
    text = WordsBlock(label=_("What one sees or hears"))
    is_sign = blocks.BooleanBlock(required=False, label=_("A reason to look closer"))
    explain = WordsBlock(label=_("Why, or why not"))

    class Meta:
        icon = "search"
        label = _("Thing to notice")


class ScenePart(PartBlock):
    motif = blocks.ChoiceBlock(choices=SceneMotif.choices, label=_("Drawing"))
    text = WordsBlock(rows=3, label=_("What happens"))
    spots = blocks.ListBlock(SpotBlock(), label=_("Things to notice"), min_num=2)

    class Meta:
        icon = "search"
        label = PartKind.SCENE.label

    def frozen(self, value: blocks.StructValue) -> Content:
        return {
            "motif": value["motif"],
            "text": value["text"],
            "spots": [{**spot} for spot in value["spots"]],
        }


class PartsBlock(blocks.StreamBlock):
    text = TextPart()
    points = PointsPart()
    say = SayPart()
    dialogue = DialoguePart()
    scene = ScenePart()
    signs = SignsPart()
    routes = RoutesPart()
    picture = PicturePart()
    video = VideoPart()


class RolesBlock(blocks.MultipleChoiceBlock):
    def __init__(self, **kwargs: Any) -> None:
        given = {
            "choices": WorkRole.choices,
            "required": False,
            "label": _("Only for"),
            "help_text": ROLES_HELP,
            "widget": forms.CheckboxSelectMultiple,
        }
        super().__init__(**given | kwargs)


class LessonBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    parts = PartsBlock(label=_("Parts"))
    alternative = WordsBlock(
        rows=3,
        required=False,
        label=_("In place of it"),
        help_text=_(
            "What somebody reads who would rather skip this lesson: only what they "
            "must know, without the hard parts. Empty: the words of the whole module."
        ),
    )
    roles = RolesBlock()

    class Meta:
        icon = "doc-full"
        label = _("Lesson")
        label_format = "{title}"

    def frozen(self, value: blocks.StructValue) -> Content:
        return {
            "title": value["title"],
            "roles": value["roles"] or [],
            "alternative": value["alternative"],
            "parts": [
                {"kind": part.block_type, **part.block.frozen(part.value)}
                for part in value["parts"]
            ],
        }

    def from_frozen(self, lesson: Content) -> Content:
        kinds = self.child_blocks["parts"].child_blocks
        return {
            "title": lesson["title"],
            "roles": lesson["roles"],
            "alternative": lesson["alternative"],
            "parts": [
                {"type": part["kind"], "value": kinds[part["kind"]].from_frozen(part)}
                for part in lesson["parts"]
            ],
        }


class OptionBlock(blocks.StructBlock):
    text = WordsBlock(label=_("Answer"))
    correct = blocks.BooleanBlock(required=False, label=_("The right one"))
    explain = WordsBlock(
        label=_("What it says about it"),
        help_text=_("Shown at once. Kind, and with what to do instead."),
    )

    class Meta:
        icon = "form"
        label = _("Answer")
        label_format = "{text}"


class QuestionBlock(blocks.StructBlock):
    text = WordsBlock(rows=3, label=_("Question"))
    must_get_right = blocks.BooleanBlock(
        required=False,
        label=_("Must be right"),
        help_text=_("Always asked. Answered wrong: not passed, whatever the score."),
    )
    options = blocks.ListBlock(OptionBlock(), min_num=2, label=_("Answers"))
    roles = RolesBlock()

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{text}"

    def frozen(self, value: blocks.StructValue) -> Content:
        return {
            "text": value["text"],
            "must_get_right": bool(value["must_get_right"]),
            "roles": value["roles"] or [],
            "options": [
                {
                    "id": option.id,
                    "text": option.value["text"],
                    "correct": bool(option.value["correct"]),
                    "explain": option.value["explain"],
                }
                for option in value["options"].bound_blocks
            ],
        }

    def from_frozen(self, question: Content) -> Content:
        options = [
            {
                "type": "item",
                "id": option["id"],
                "value": {
                    name: option[name] for name in ("text", "correct", "explain")
                },
            }
            for option in question["options"]
        ]
        given = {name: question[name] for name in ("text", "must_get_right", "roles")}
        return {**given, "options": options}


class LessonsBlock(blocks.StreamBlock):
    lesson = LessonBlock()


class QuestionsBlock(blocks.StreamBlock):
    question = QuestionBlock()


def frozen_blocks(stream: blocks.StreamValue) -> list[Content]:
    """Return lessons or questions as a version keeps them, each with its lasting id.

    One that was not saved yet has none: until then it is known by its place.
    """
    return [
        {
            "id": child.id or f"new-{child.block_type}-{number}",
            "language": "en",
            **child.block.frozen(child.value),
        }
        for number, child in enumerate(stream)
    ]


def stored_blocks(
    stream: blocks.StreamBlock, kind: str, parts: Iterable[Content]
) -> list[Content]:
    """Return frozen lessons or questions as a StreamField stores them."""
    block = stream.child_blocks[kind]
    return [
        {"type": kind, "id": part["id"], "value": block.from_frozen(part)}
        for part in parts
    ]
