"""What a chapter does beside its figures: the audience switch, terms of the glossary, the self-test, marked claims."""

import pytest

PAGE = "chapters/fc_receptors.html"
OPEN = """() => Object.fromEntries([...document.querySelectorAll("details[data-audience]")]
  .map((box) => [box.className.split(" ").pop(), box.open]))"""


def test_a_student_sees_plain_words_and_differences_and_a_clinician_her_own_box(open_page):
    page = open_page(PAGE, own=True)
    assert page.evaluate(OPEN) == {"plain-words": True, "clinicians": False, "sources-differ": True}
    page.get_by_role("radio", name="Student").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(OPEN) == {"plain-words": False, "clinicians": True, "sources-differ": True}
    assert page.url.endswith("?audience=clinician")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(OPEN) == {"plain-words": True, "clinicians": False, "sources-differ": False}


def test_the_choice_is_remembered_on_the_next_page_and_a_link_can_carry_another(open_page):
    page = open_page(PAGE + "?audience=plain", own=True)
    assert page.get_by_role("radio", name="In plain words").is_checked()
    page.get_by_role("radio", name="Clinician").check(force=True)
    page.goto(page.url.split("/chapters")[0] + "/chapters/dose_and_level.html")
    assert page.get_by_role("radio", name="Clinician").is_checked() and page.evaluate(OPEN)["clinicians"]
    page.goto(page.url.split("/chapters")[0] + "/chapters/dose_and_level.html?audience=nobody")
    assert page.get_by_role("radio", name="Clinician").is_checked(), "an unknown audience is ignored"


def test_without_javascript_every_box_is_open(open_page):
    page = open_page(PAGE, java_script_enabled=False, allow=" csp$")
    boxes = page.locator("details[data-audience]")
    assert boxes.count() >= 3 and all(box.get_attribute("open") is not None for box in boxes.all())
    assert not page.locator("fieldset.audience").is_visible()


def test_a_closed_box_is_not_printed_and_an_open_one_is(open_page):
    page = open_page(PAGE, own=True)
    page.emulate_media(media="print")
    assert not page.locator("details.clinicians").first.is_visible()
    assert page.locator("details.plain-words p").first.is_visible()
    assert not page.locator("fieldset.audience").is_visible()


def test_a_link_to_a_claim_opens_the_box_it_stands_in(open_page):
    page = open_page(PAGE + "?audience=plain#claim-fcr-04", own=True)
    assert page.locator("details:has(#claim-fcr-04)").get_attribute("open") is not None
    page.wait_for_function("() => Math.abs(document.getElementById('claim-fcr-04').getBoundingClientRect().top) < innerHeight")


def test_a_term_shows_its_definition_on_focus_and_escape_closes_it(open_page):
    page = open_page(PAGE)
    term = page.locator("a.term").first
    term.focus()
    shown = page.get_by_role("tooltip")
    shown.wait_for()
    assert shown.text_content() == term.get_attribute("data-definition")
    assert term.get_attribute("aria-describedby") == shown.get_attribute("id")
    page.keyboard.press("Escape")
    assert not shown.is_visible() and term.get_attribute("aria-describedby") is None
    term.hover()
    shown.wait_for()
    shown.hover()
    page.wait_for_timeout(400)
    assert shown.is_visible(), "the pointer may rest on the definition"
    page.mouse.move(2, 2)
    page.wait_for_function("() => document.getElementById('definition').hidden || document.activeElement.matches('a.term')")


def test_a_term_is_explained_once_on_a_page_and_leads_to_the_glossary(open_page):
    page = open_page(PAGE)
    links = page.locator("a.term").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    assert len(links) > 10 and len(set(links)) == len(links)
    page.locator("a.term").first.click()
    page.wait_for_url("**/glossary.html#*")
    assert page.evaluate("() => document.querySelector(location.hash).localName") == "dt"


def test_a_first_tap_on_a_term_explains_and_does_not_leave(open_page):
    page = open_page(PAGE, viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.locator("a.term").first.tap()
    page.get_by_role("tooltip").wait_for()
    assert "/fc_receptors.html" in page.url


@pytest.fixture
def test_page(open_page):
    page = open_page(PAGE, own=True)
    page.locator("ol.self-test .options").first.wait_for()
    return page


def question(page, kind):
    return page.locator(f"ol.self-test > li[data-kind={kind}]").first


def test_one_choice_is_answered_at_once_by_the_keyboard(test_page):
    item = question(test_page, "single")
    wrong = item.locator("details.wrong summary").first.text_content()
    item.get_by_role("radio", name=wrong, exact=True).focus()
    test_page.keyboard.press("Space")
    assert item.get_by_role("status").text_content().startswith("Not this one.")
    right = item.locator("details.right summary").first.text_content()
    item.get_by_role("radio", name=right, exact=True).check()
    assert item.get_by_role("status").text_content().startswith("Right.")
    assert "1 of 10 answered, 0 right at the first try" in test_page.locator(".score").text_content()


def test_the_score_is_kept_on_this_device_until_the_reader_begins_again(test_page):
    item = question(test_page, "single")
    right = item.locator("details.right summary").first.text_content()
    item.get_by_role("radio", name=right, exact=True).check()
    test_page.reload()
    assert "1 of 10 answered, 1 right" in test_page.locator(".score").text_content()
    test_page.get_by_role("button", name="Try again from the start").click()
    assert test_page.locator(".score").text_content() == ""
    assert test_page.evaluate("() => document.activeElement.localName") == "input"


def test_a_number_is_right_within_its_tolerance(test_page):
    item = question(test_page, "numeric")
    answer = float(item.get_attribute("data-answer"))
    field = item.locator("input")
    for typed, said in (("", "Type a number first."), (str(answer * 10 + 1), "Not yet."), (f"{answer:g}", f"{answer:g}")):
        field.fill(typed)
        test_page.keyboard.press("Enter") if typed else item.get_by_role("button", name="Check").click()
        assert said in item.get_by_role("status").text_content()


def test_several_choices_are_checked_together(test_page):
    item = question(test_page, "multiple")
    for summary in item.locator("details.right summary").all():
        item.get_by_role("checkbox", name=summary.text_content(), exact=True).check()
    item.get_by_role("button", name="Check").click()
    assert item.get_by_role("status").text_content().startswith("All as they should be.")


def test_every_claim_in_the_table_leads_to_its_spot(open_page):
    page = open_page("chapters/claims.html")
    links = page.locator("table.claims a[href*='#claim-']")
    assert links.count() >= 99
    links.first.click()
    page.wait_for_url("**#claim-*")
    assert page.evaluate("() => !!document.querySelector(location.hash)")
