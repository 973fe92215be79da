"""The pictures of the guide, made lighter, show the same."""

import base64

from scripts import palette


def test_a_lighter_picture_keeps_the_pixels_of_a_page_of_few_colours(chromium) -> None:
    page = chromium.new_page(viewport={"width": 40, "height": 30})
    page.set_content("<body style='margin:0;background:linear-gradient(90deg,#a00 50%,#fff 50%)'>")
    before = page.screenshot()
    blank = chromium.new_page()
    after = palette.lighter(blank, before)
    given = [f"data:image/png;base64,{base64.b64encode(picture).decode()}" for picture in (before, after)]
    pixels = [blank.evaluate("(p) => (" + palette.READ_PIXELS + ")([p, 256])", one) for one in given]
    assert pixels[0] == pixels[1]
    assert pixels[0][2] in ([170, 0, 0, 255, 255, 255], [255, 255, 255, 170, 0, 0])
