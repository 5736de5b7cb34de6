"""The parts of a page, as templates write them."""

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError, engines
from lucide import IconDoesNotExist


class NeedForm(forms.Form):
    name = forms.CharField(help_text="As colleagues know you.")
    bio = forms.CharField(widget=forms.Textarea, required=False)
    secret = forms.CharField(widget=forms.PasswordInput)
    days = forms.MultipleChoiceField(
        choices=[("mon", "Monday"), ("tue", "Tuesday")],
        widget=forms.CheckboxSelectMultiple,
    )


def render(source: str, **context: object) -> str:
    """As a file of our own would be: cotton reads a template before Django does."""
    from django_cotton.compiler_regex import CottonCompiler

    compiled = CottonCompiler().process(source)
    engine = engines["django"].engine  # type: ignore[attr-defined]
    text = Template(compiled, engine=engine).render(Context(context))
    return " ".join(text.split())


def test_a_button_with_an_address_is_a_link() -> None:
    link = render('<c-button kind="primary" href="/find/">Find</c-button>')

    assert link.startswith('<a class="button" href="/find/" data-kind="primary"')
    assert "<button" not in link


def test_a_button_passes_on_what_htmx_needs() -> None:
    button = render('<c-button data-hx-post="/x/" name="a" value="1">Go</c-button>')

    assert 'type="submit"' in button
    assert 'data-hx-post="/x/"' in button


def test_an_icon_is_silent_unless_it_has_a_name() -> None:
    assert 'aria-hidden="true"' in render('<c-icon name="check" />')
    named = render('<c-icon name="check" label="Confirmed" />')
    assert 'aria-label="Confirmed"' in named
    assert 'role="img"' in named


def test_an_icon_that_does_not_exist_is_noticed() -> None:
    with pytest.raises((IconDoesNotExist, TemplateSyntaxError)):
        render('<c-icon name="no-such-icon" />')


@pytest.mark.parametrize(
    ("wish", "word"), [("must", "must"), ("avoid", "not "), ("prefer", "lucide")]
)
def test_a_chip_says_its_wish_beside_the_colour(wish: str, word: str) -> None:
    chip = render(f'<c-chip wish="{wish}">OCD</c-chip>')

    assert f'data-wish="{wish}"' in chip
    assert "<svg" in chip
    assert word in chip or wish == "prefer"


def test_the_button_of_a_chip_names_what_it_removes() -> None:
    chip = render(
        '<c-chip>OCD<c-slot name="remove">'
        '<c-chip.remove label="OCD" name="remove" value="3" /></c-slot></c-chip>'
    )

    assert 'aria-label="Remove OCD"' in chip
    assert 'value="3"' in chip


def test_a_wish_is_a_group_of_radios() -> None:
    wish = render('<c-wish name="wish" value="avoid" label="CBT" />')

    assert wish.count('type="radio"') == 3
    assert 'value="avoid" checked' in wish
    assert "How much: CBT" in wish


def test_words_of_people_are_escaped() -> None:
    named = render('<c-avatar :name="name" /><c-heading :title="name" />', name="<b>x")

    assert "<b>" not in named


def test_a_meter_is_drawn_without_a_style() -> None:
    meter = render('<c-meter :value="81" :max="100" label="81 of 100" />')

    assert 'class="meter__value" width="81%"' in meter
    assert "style=" not in meter


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    form = NeedForm({})

    field = str(form["name"].as_field_group())

    assert '<label class="field__label" for="id_name">Name</label>' in field
    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert 'id="id_name_helptext"' in field
    assert 'id="id_name_error"' in field
    assert 'aria-invalid="true"' in field


def test_choices_are_a_fieldset_with_a_legend() -> None:
    field = str(NeedForm({})["days"].as_field_group())

    assert "<legend>Days" in field
    assert 'id="id_days" tabindex="-1"' in field


def test_what_may_stay_empty_says_so() -> None:
    assert "(optional)" in str(NeedForm()["bio"].as_field_group())
    assert "(optional)" not in str(NeedForm()["name"].as_field_group())


def test_a_password_can_be_shown() -> None:
    assert "<show-password>" in str(NeedForm()["secret"].as_field_group())


def test_the_summary_leads_to_every_mistake() -> None:
    form = NeedForm({})
    form.add_error(None, "The two do not go together.")

    summary = render('<c-error-summary :form="form" />', form=form)

    assert 'role="alert"' in summary
    assert 'href="#id_name"' in summary
    assert 'href="#id_days"' in summary
    assert "The two do not go together." in summary
    assert render('<c-error-summary :form="form" />', form=NeedForm()) == ""
