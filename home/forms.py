"""What a person may choose for herself, and for the device in front of her."""

from django import forms


class DeviceForm(forms.Form):
    appearance = forms.ChoiceField(
        label="Appearance",
        choices=[("auto", "As the system"), ("light", "Light"), ("dark", "Dark")],
        initial="auto",
        widget=forms.RadioSelect,
    )
    keys = forms.ChoiceField(
        label="Single keys, such as / and ?",
        choices=[("on", "On"), ("off", "Off")],
        initial="on",
        widget=forms.RadioSelect,
        help_text="Speech input, or a slip of the hand, can press them by mistake.",
    )


class ClosingForm(forms.Form):
    word = forms.CharField(
        label="Type the word “close”",
        max_length=20,
        help_text="So that nothing closes by a slip of the hand.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
        error_messages={"required": "Type the word “close”, without the quotes."},
    )

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"]
        if word.strip().strip('“”"').lower() != "close":
            raise forms.ValidationError("Type the word “close”, without the quotes.")
        return word
