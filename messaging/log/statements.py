"""What a batch says to the database: first the locks, then everything else at once.

Two statements, because the second must see what was committed while the first
waited. As one pipeline they are still one round trip.
"""

LOCK = """
SELECT id FROM messaging_conversation
WHERE public_id = ANY (%s::uuid[])
ORDER BY id
FOR NO KEY UPDATE
"""

# Before several rounds, which would else lock places in an order of their own.
LOCK_PLACES = """
SELECT m.id
FROM unnest(%s::uuid[], %s::uuid[]) AS asked (conversation, person)
JOIN messaging_conversation c ON c.public_id = asked.conversation
JOIN accounts_user u ON u.public_id = asked.person
JOIN clinicians_clinician k ON k.user_id = u.id
JOIN messaging_membership m ON m.conversation_id = c.id AND m.clinician_id = k.id
WHERE m.left_at IS NULL
ORDER BY m.id
FOR NO KEY UPDATE OF m
"""

# What finds no conversation, or nobody who may write in it, has no row in `decided`.
# What is recalled under a legal hold has disappeared since it was written: nobody reads
# it, and once no hold stands it is erased with what has expired.
# What the same sender kept under the same client_id is not kept again, nor does she
# confirm a message twice. OFFSET 0 keeps the planner from joining whole tables: each
# line is looked up by its key, however little it knows of them yet.
APPEND = """
WITH asked AS MATERIALIZED (
    SELECT *, clock_timestamp() AS at
    FROM unnest(
        %s::uuid[], %s::uuid[], %s::text[], %s::uuid[], %s::bigint[], %s::uuid[],
        %s::bytea[], %s::bigint[], %s::uuid[], %s::text[], %s::text[], %s::integer[],
        %s::text[], %s::text[], %s::text[], %s::integer[]
    ) WITH ORDINALITY AS a (
        conversation, person, kind, client_id, target, key_id,
        body, reply_to, topic, detail, mentions, expires_in, tokens, guarded, files,
        confirm_in, n
    )
), decided AS MATERIALIZED (
    SELECT
        a.*,
        c.id AS conversation_id, c.epoch, c.last_seq, c.last_ordinal,
        m.id AS membership_id, k.id AS sender_id, k.public_id AS sender,
        topic.id AS topic_id, old.seq AS old_seq,
        target.expires_at AS target_expires_at,
        CASE
            WHEN old.seq IS NOT NULL THEN 'old'
            WHEN c.closed_at IS NOT NULL OR c.kind = 'direct' AND EXISTS (
                SELECT FROM messaging_membership other
                JOIN clinicians_block b
                ON (b.blocker_id, b.blocked_id) = (k.id, other.clinician_id)
                OR (b.blocker_id, b.blocked_id) = (other.clinician_id, k.id)
                WHERE other.conversation_id = c.id AND other.clinician_id <> k.id
            ) THEN 'closed'
            WHEN a.topic IS NOT NULL AND topic.id IS NULL THEN 'unknown_topic'
            WHEN (a.kind = 'message') <> (a.target IS NULL)
                OR a.target IS NOT NULL AND target.kind IS NULL
                OR a.reply_to IS NOT NULL AND reply.kind IS NULL THEN 'no_such_message'
            WHEN a.kind IN ('edit', 'recall')
                AND target.sender_id IS DISTINCT FROM k.id THEN 'not_yours'
            WHEN target.is_gone THEN 'gone'
            WHEN a.kind = 'confirm'
                AND (target.confirm_by IS NULL OR target.sender_id = k.id)
                THEN 'not_asked'
            WHEN a.files <> '{}' AND cardinality(a.files::uuid[]) <> (
                SELECT count(*) FROM messaging_attachment
                WHERE public_id = ANY (a.files::uuid[])
                    AND conversation_id = c.id AND sender_id = k.id AND seq IS NULL
            ) THEN 'no_such_file'
            WHEN c.guarding = 'warn' OR a.body IS NULL THEN 'new'
            WHEN a.guarded IS NULL THEN 'unguarded'
            WHEN a.guarded = 'clean' THEN 'new'
            WHEN c.guarding = 'block' THEN 'identifies_somebody'
            WHEN a.guarded = 'telling' THEN 'needs_reason'
            ELSE 'new'
        END AS verdict
    FROM asked a
    CROSS JOIN LATERAL (
        SELECT * FROM messaging_conversation WHERE public_id = a.conversation OFFSET 0
    ) c
    CROSS JOIN LATERAL (
        SELECT k.id, k.public_id
        FROM accounts_user u
        JOIN clinicians_clinician k ON k.user_id = u.id
        WHERE u.public_id = a.person
            AND u.is_active
            AND k.verified_at IS NOT NULL
            AND k.suspended_at IS NULL
            AND k.left_at IS NULL
        OFFSET 0
    ) k
    CROSS JOIN LATERAL (
        SELECT id, from_seq FROM messaging_membership
        WHERE conversation_id = c.id AND clinician_id = k.id AND left_at IS NULL
        OFFSET 0
    ) m
    LEFT JOIN LATERAL (
        SELECT seq FROM messaging_message
        WHERE (conversation_id, sender_id, client_id) = (c.id, k.id, a.client_id)
        UNION ALL
        SELECT seq FROM messaging_message
        WHERE a.kind = 'confirm' AND conversation_id = c.id
            AND (kind, target, sender_id) = ('confirm', a.target, k.id)
        LIMIT 1
    ) old ON TRUE
    LEFT JOIN LATERAL (
        SELECT kind, sender_id, expires_at, confirm_by,
            body IS NULL OR expires_at <= a.at AS is_gone
        FROM messaging_message
        WHERE conversation_id = c.id AND seq = a.target
        OFFSET 0
    ) target ON a.target > m.from_seq AND target.kind = 'message'
    LEFT JOIN LATERAL (
        SELECT kind FROM messaging_message
        WHERE conversation_id = c.id AND seq = a.reply_to
        OFFSET 0
    ) reply ON a.reply_to > m.from_seq AND reply.kind = 'message'
    LEFT JOIN LATERAL (
        SELECT id FROM messaging_topic
        WHERE public_id = a.topic AND conversation_id = c.id
        OFFSET 0
    ) topic ON TRUE
), kept AS MATERIALIZED (
    SELECT
        d.n, d.at, d.epoch, d.sender, d.conversation_id, d.membership_id,
        d.kind, d.target, d.sender_id, d.client_id, d.key_id, d.body, d.reply_to,
        d.topic_id, d.detail, d.tokens, d.files,
        nullif(nullif(d.guarded, 'clean'), 'telling') AS guard_reason,
        CASE d.kind
            WHEN 'edit' THEN d.target_expires_at
            ELSE d.at + make_interval(secs => d.expires_in)
        END AS expires_at,
        d.at + make_interval(secs => d.confirm_in) AS confirm_by,
        CASE WHEN d.mentions = '{}' THEN '{}'::uuid[] ELSE ARRAY(
            SELECT k.public_id FROM messaging_membership m
            JOIN clinicians_clinician k ON k.id = m.clinician_id
            WHERE m.conversation_id = d.conversation_id AND m.left_at IS NULL
                AND k.public_id = ANY (d.mentions::uuid[])
        ) END AS mentions,
        d.last_seq + row_number() OVER log AS seq,
        d.last_ordinal + count(*) FILTER (WHERE d.kind = 'message') OVER log AS ordinal
    FROM decided d
    WHERE d.verdict = 'new'
    WINDOW log AS (PARTITION BY d.conversation_id ORDER BY d.n)
), inserted AS (
    INSERT INTO messaging_message (
        conversation_id, seq, kind, sender_id, client_id, target, ordinal, key_id, body,
        reply_to, topic_id, detail, mentions, at, expires_at, tokens, guard_reason,
        files, confirm_by
    )
    SELECT
        conversation_id, seq, kind, sender_id, client_id, target, ordinal, key_id, body,
        reply_to, topic_id, detail, mentions, at, expires_at, tokens::bigint[],
        guard_reason, files::uuid[], confirm_by
    FROM kept
), attached AS (
    UPDATE messaging_attachment file
    SET seq = sent.seq
    FROM (
        SELECT conversation_id, seq, unnest(files::uuid[]) AS public_id FROM kept
        WHERE files <> '{}'
    ) sent
    WHERE file.public_id = sent.public_id
        AND file.conversation_id = sent.conversation_id
), counted AS (
    UPDATE messaging_conversation c
    SET
        last_seq = newest.seq,
        last_ordinal = newest.ordinal,
        last_message_at = coalesce(newest.message_at, c.last_message_at)
    FROM (
        SELECT
            conversation_id, max(seq) AS seq, max(ordinal) AS ordinal,
            max(at) FILTER (WHERE kind = 'message') AS message_at
        FROM kept GROUP BY conversation_id
    ) newest
    WHERE c.id = newest.conversation_id
), own AS MATERIALIZED (
    SELECT m.id, newest.seq, newest.ordinal
    FROM messaging_membership m
    JOIN (
        SELECT membership_id, max(seq) AS seq, max(ordinal) AS ordinal
        FROM kept WHERE kind = 'message' GROUP BY membership_id
    ) newest ON newest.membership_id = m.id
    ORDER BY m.id
    FOR NO KEY UPDATE OF m
), read AS (
    UPDATE messaging_membership m
    SET
        read_seq = greatest(m.read_seq, own.seq),
        read_ordinal = greatest(m.read_ordinal, own.ordinal)
    FROM own
    WHERE m.id = own.id
), recall AS MATERIALIZED (
    SELECT kept.conversation_id, kept.target, kept.at, EXISTS (
        SELECT FROM messaging_hold hold
        WHERE hold.lifted_at IS NULL AND (
            hold.conversation_id = kept.conversation_id
            OR hold.clinician_id IN (
                SELECT clinician_id FROM messaging_membership
                WHERE conversation_id = kept.conversation_id
            )
        )
    ) AS is_held
    FROM kept WHERE kept.kind = 'recall'
), gone AS MATERIALIZED (
    SELECT conversation_id, target AS seq, at, is_held FROM recall
    UNION ALL
    SELECT e.conversation_id, e.seq, recall.at, recall.is_held
    FROM recall
    JOIN messaging_message e ON e.conversation_id = recall.conversation_id
        AND e.target = recall.target
        AND e.kind = 'edit'
), recalled AS (
    UPDATE messaging_message message
    SET
        body = CASE WHEN gone.is_held THEN message.body END,
        key_id = CASE WHEN gone.is_held THEN message.key_id END,
        expires_at = CASE
            WHEN gone.is_held THEN message.at
            ELSE message.expires_at
        END,
        tokens = NULL, pinned_at = NULL, recalled_at = gone.at
    FROM gone
    WHERE message.conversation_id = gone.conversation_id AND message.seq = gone.seq
), discarded AS (
    DELETE FROM messaging_attachment file
    USING gone
    WHERE file.conversation_id = gone.conversation_id AND file.seq = gone.seq
        AND NOT gone.is_held
), pinned AS (
    UPDATE messaging_message message
    SET pinned_at = CASE kept.kind WHEN 'pin' THEN kept.at END
    FROM kept
    WHERE kept.kind IN ('pin', 'unpin')
        AND message.conversation_id = kept.conversation_id
        AND message.seq = kept.target
)
SELECT
    n, 'new', NULL, epoch, sender, seq, ordinal, at, expires_at, mentions,
    confirm_by
FROM kept
UNION ALL
SELECT
    n, verdict, old_seq, epoch, sender, NULL, NULL, NULL, NULL, NULL, NULL
FROM decided
WHERE verdict <> 'new'
"""

# Of a conversation: whether its members may write there, as the statement above has it.
OPEN = """c.closed_at IS NULL AND NOT (c.kind = 'direct' AND EXISTS (
    SELECT FROM messaging_membership one
    JOIN messaging_membership other ON other.conversation_id = one.conversation_id
    JOIN clinicians_block b
    ON (b.blocker_id, b.blocked_id) = (one.clinician_id, other.clinician_id)
    WHERE one.conversation_id = c.id
))"""

# Of a person (user u, clinician k): whether she may read anywhere, as it has it too.
FIT = """u.is_active AND k.verified_at IS NOT NULL
    AND k.suspended_at IS NULL AND k.left_at IS NULL"""

ENTRY = """
    c.public_id, c.epoch, e.seq, e.kind, sender.public_id, e.client_id, e.target,
    e.ordinal, e.key_id, e.body, e.reply_to, topic.public_id, e.detail, e.mentions,
    e.at, e.expires_at, e.recalled_at IS NOT NULL, e.files,
    e.confirm_by
FROM messaging_message e
JOIN messaging_conversation c ON c.id = e.conversation_id
LEFT JOIN clinicians_clinician sender ON sender.id = e.sender_id
LEFT JOIN messaging_topic topic ON topic.id = e.topic_id
"""
KEPT = f"""
SELECT {ENTRY}
JOIN unnest(%s::uuid[], %s::bigint[]) AS wanted (conversation, seq)
ON wanted.conversation = c.public_id AND wanted.seq = e.seq
"""
