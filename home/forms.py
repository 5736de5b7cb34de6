"""What a person may choose for the device in front of her."""

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
