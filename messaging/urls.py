"""Addresses of conversations; a form for each thing that can be done in one."""

from django.urls import path

from messaging.views import (
    about,
    conversations,
    copies,
    files,
    guarding,
    messages,
    reports,
    retention,
    search,
    seeing,
    start,
    telling,
)

app_name = "messaging"
ONE = "<uuid:public_id>/"
MESSAGE = f"{ONE}<int:seq>/"

urlpatterns = [
    path("", conversations.conversations, name="conversations"),
    path("unread/", telling.unread, name="unread"),
    path("search/", search.search, name="search"),
    path("start/", start.start, name="start"),
    path("start/colleagues/", start.suggestions, name="suggestions"),
    path("with/<uuid:public_id>/", conversations.direct, name="direct"),
    path(ONE, conversations.conversation, name="conversation"),
    path(f"{ONE}people/", conversations.people, name="people"),
    path(f"{ONE}bar/", conversations.bar, name="bar"),
    path(f"{ONE}messages/", messages.new, name="messages"),
    path(f"{ONE}reading/", messages.reading, name="reading"),
    path(f"{ONE}draft/", messages.draft, name="draft"),
    path(f"{ONE}files/", files.files, name="files"),
    path(f"{ONE}files/<uuid:file>/", files.file, name="file"),
    path(f"{ONE}files/<uuid:file>/removal/", files.removal, name="file_removal"),
    path(f"{ONE}guard/", guarding.findings_piece, name="findings"),
    path(f"{ONE}guarding/", guarding.level, name="guarding"),
    path(f"{ONE}about/", about.about, name="about"),
    path(f"{ONE}seeing/", seeing.seeing, name="seeing"),
    path(f"{ONE}copy/", copies.copy, name="copy"),
    path(f"{ONE}keeping/", retention.keeping, name="keeping"),
    path(f"{ONE}title/", about.title, name="title"),
    path(f"{ONE}topics/", about.topics, name="topics"),
    path(f"{ONE}quiet/", about.quiet, name="quiet"),
    path(f"{ONE}level/", telling.level, name="level"),
    path(f"{ONE}report/", reports.report, name="report"),
    path(f"{ONE}closing/", about.closing, name="closing"),
    path(f"{ONE}departure/", about.departure, name="departure"),
    path(f"{ONE}members/", about.look, name="look"),
    path(f"{ONE}members/<uuid:person>/", about.add, name="member"),
    path(f"{ONE}members/<uuid:person>/removal/", about.removal, name="removal"),
    path(MESSAGE, messages.message, name="message"),
    path(f"{MESSAGE}place/", messages.place, name="place"),
    path(f"{MESSAGE}files/", files.of_message, name="message_files"),
    path(f"{MESSAGE}body/", messages.body, name="body"),
    path(f"{MESSAGE}recall/", messages.recall, name="recall"),
    path(f"{MESSAGE}reactions/", messages.reactions, name="reactions"),
    path(f"{MESSAGE}pin/", messages.pin, name="pin"),
    path(f"{MESSAGE}unpin/", messages.unpin, name="unpin"),
    path(f"{MESSAGE}report/", reports.report, name="message_report"),
]
