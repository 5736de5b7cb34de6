"""How Celery runs, and what runs when. Read when the first task is sent or run."""

from celery.schedules import crontab
from django.conf import settings

broker_url = settings.BROKER_URL
broker_connection_retry_on_startup = True
broker_connection_max_retries = None
# A page that tells somebody waits a second for a broker that is gone or frozen,
# no longer: what was not handed over stays in the outbox.
broker_connection_timeout = 1
broker_transport_options = {
    "socket_connect_timeout": 1,
    "socket_timeout": 1,
    "max_retries": 0,
    # Longer than any task takes: what is not done by then is given to another worker.
    "visibility_timeout": 2 * 3600,
}
task_publish_retry = False
task_ignore_result = True
# A task whose worker dies runs again; every task may run twice.
task_acks_late = True
task_reject_on_worker_lost = True
worker_prefetch_multiplier = 1
timezone = settings.TIME_ZONE

beat_schedule = {
    "sweep the outbox": {
        "task": "network.activity.tasks.sweep_outbox",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "complete destructions": {
        "task": "network.privacy.tasks.complete_destructions",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "mail the invitations": {
        "task": "network.clinicians.tasks.mail_invitations",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "send what was held": {
        "task": "network.activity.tasks.send_held",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "push what is due": {
        "task": "network.activity.tasks.push_what_is_due",
        "schedule": 30,
        "options": {"expires": 30},
    },
    "expire messages": {
        "task": "messaging.tasks.expire_messages",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "delete old messages": {
        "task": "messaging.tasks.delete_old_messages",
        "schedule": crontab(minute=45),
    },
    "forget unsent files": {
        "task": "messaging.tasks.forget_unsent_files",
        "schedule": crontab(minute=35),
    },
    "tell of waiting messages": {
        "task": "messaging.tasks.tell_waiting",
        "schedule": 10,
        "options": {"expires": 10},
    },
    "tell reminders": {
        "task": "messaging.tasks.tell_reminders",
        "schedule": 20,
        "options": {"expires": 20},
    },
    "send what was to be sent later": {
        "task": "messaging.tasks.send_scheduled",
        "schedule": 5,
        "options": {"expires": 5},
    },
    "mind confirmations": {
        "task": "messaging.tasks.mind_confirmations",
        "schedule": 10,
        "options": {"expires": 10},
    },
    "put away what is confirmed": {
        "task": "messaging.tasks.put_away_confirmed",
        "schedule": crontab(minute="*/10"),
    },
    "ring the clocks of referrals": {
        "task": "referrals.tasks.ring_clocks",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "mail guests": {
        "task": "referrals.tasks.mail_guests",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "count recent offers": {
        "task": "referrals.tasks.count_recent_offers",
        "schedule": crontab(hour=23, minute=50),
    },
    "rebuild every listing": {
        "task": "network.clinicians.tasks.rebuild_every_listing",
        "schedule": crontab(hour=0, minute=1),
    },
    "mind the licences": {
        "task": "network.clinicians.tasks.mind_the_licences",
        "schedule": crontab(hour=6, minute=5),
    },
    "tell of overlaps": {
        "task": "network.clinicians.tasks.tell_of_conflicts",
        "schedule": crontab(hour=12, minute=15),
    },
    "ask about stale openings": {
        "task": "network.clinicians.tasks.ask_about_stale_openings",
        "schedule": crontab(hour="8-18", minute=10),
    },
    "advance consents": {
        "task": "network.clients.tasks.advance_consents",
        "schedule": crontab(minute=2),
    },
    "forget erased clients": {
        "task": "network.clients.tasks.forget_erased_clients",
        "schedule": crontab(hour=3, minute=50),
    },
    "forget what is over": {
        "task": "network.clinicians.tasks.forget_what_is_over",
        "schedule": crontab(minute=40),
    },
    "forget spent sessions": {
        "task": "network.accounts.tasks.forget_spent_sessions",
        "schedule": crontab(minute=20),
    },
    "make waiting exports": {
        "task": "home.tasks.make_waiting_exports",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "forget spent exports": {
        "task": "home.tasks.forget_spent_exports",
        "schedule": crontab(minute=25),
    },
    "erase closed accounts": {
        "task": "home.tasks.erase_closed_accounts",
        "schedule": crontab(hour=0, minute=31),
    },
    "anchor the trail": {
        "task": "network.activity.tasks.anchor_trail",
        "schedule": crontab(hour=3, minute=10),
    },
}
