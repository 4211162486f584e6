"""The Urdu letters that we cut are drawn as the whole font has them, dots and joins."""

import pytest

DIFFERENCE = """async ([cut, whole, words]) => {
    async function drawn(name) {
        const font = new FontFace(name, `url(/static/fonts/${name}.woff2)`);
        document.fonts.add(await font.load());
        const pen = new OffscreenCanvas(500, 200).getContext("2d");
        pen.direction = "rtl";
        pen.font = `80px "${name}"`;
        pen.fillText(words, 450, 120);
        return pen.getImageData(0, 0, 500, 200).data;
    }
    const [ours, theirs] = [await drawn(cut), await drawn(whole)];
    const isInk = (value, place) => place % 4 === 3 && value > 128;
    const ink = theirs.filter(isInk).length;
    const differs = theirs.filter((value, place) =>
        isInk(value, place) !== isInk(ours[place], place)
    );
    return ink ? differs.length / ink : 1;
}"""


# Words with each kind of dot and join, one by one: the space is of another font.
WORDS = (
    "نشانیاں",
    "پہچانیں",
    "بتائیں",
    "ٹیکسی",
    "چھوٹے",
    "گاڑی",
    "ژالہ",
    "فوراً",
    "مُدد",
)


@pytest.mark.parametrize("word", WORDS)
def test_urdu_is_drawn_as_the_whole_font_draws_it(whole_site, reader_at, word):
    phone = reader_at(390)
    whole_site.open(phone, "nowhere")
    fonts = ["naskh-urdu", "noto-naskh-arabic"]

    assert phone.evaluate(DIFFERENCE, [*fonts, word]) < 0.01
