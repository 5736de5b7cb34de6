"""Addresses of packets: as their sender writes them, and as they are read."""

from django.urls import path

from referrals.views import packet, unpacked

ONE = "<uuid:public_id>/packet/"
READ = "packets/<uuid:public_id>/"
VERSION = f"{READ}<int:number>/"

urlpatterns = [
    path(ONE, packet.packet, name="packet_draft"),
    path(f"{ONE}files/", packet.files, name="packet_files"),
    path(
        f"{ONE}files/<uuid:file>/removal/",
        packet.removal,
        name="packet_file_removal",
    ),
    path(f"{ONE}preview/", packet.preview, name="packet_preview"),
    path(f"{ONE}<int:number>/revocation/", packet.revocation, name="packet_revocation"),
    path(READ, unpacked.packet, name="packet"),
    path(VERSION, unpacked.version, name="packet_version"),
    path(f"{VERSION}pdf/", unpacked.paper, name="packet_pdf"),
    path(f"{VERSION}files/<uuid:file>/", unpacked.file, name="packet_file"),
]
