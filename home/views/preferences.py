from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from home.devices import told_devices
from home.forms import MailForm, TimeZoneForm
from home.requests import PersonRequest
from network.activity.preferences.actions import choose_mail, choose_time_zone
from network.activity.preferences.clock import preferences_of, zones


@require_http_methods(["GET", "POST"])
def notifications(request: PersonRequest) -> HttpResponse:
    form = MailForm(request.POST or None, initial=MailForm.said(request.user))
    if form.is_valid():
        choose_mail(request.user, form.cadences, form.quiet_hours)
        messages.success(request, "Kept. What already waits follows the new choice.")
        return redirect("home:notifications")
    page = {"form": form, **told_devices(request)}
    return render(request, "home/preferences/notifications.html", page)


@require_http_methods(["GET", "POST"])
def language(request: PersonRequest) -> HttpResponse:
    """The time zone, which is chosen; the language, of which there is one."""
    kept = preferences_of(request.user).time_zone
    form = TimeZoneForm(request.POST or None, initial={"time_zone": kept})
    if form.is_valid():
        choose_time_zone(request.user, form.cleaned_data["time_zone"])
        messages.success(request, "Kept. Pages and mails tell the time by it.")
        return redirect("home:language")
    page = {"form": form, "zones": sorted(zones()), "kept": kept}
    page["own"] = timezone.get_default_timezone_name()
    return render(request, "home/preferences/language.html", page)
