"""What staff ask of the trail: the questions that its sentences answer."""

FAMILIES = {
    "opened": "Who opened what",
    "taken": "What was exported",
    "verified": "What was verified",
    "held": "Reports, suspensions, legal holds",
    "staff": "What staff did to sign-ins",
    "door": "Signing in and out",
    "account": "Accounts and their security",
    "profile": "Profiles and openings",
    "among": "Between colleagues",
    "search": "Searches and lists",
    "talk": "Conversations",
    "clients": "Clients and what they allow",
    "referrals": "Referrals",
    "house": "What the house did by itself",
}
