-- Incident 3: a chat whose messages are written in ten places.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE conversations (
    id uuid PRIMARY KEY,
    owner_id bigint NOT NULL CONSTRAINT fk_conversations_owner_id REFERENCES users,
    title text NOT NULL,
    state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'ARCHIVED')),
    version bigint NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON conversations (owner_id);

-- The id comes from the client, which sends a message again when the answer got lost.
CREATE TABLE messages (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL CONSTRAINT fk_messages_conversation_id REFERENCES conversations,
    sender_id bigint NOT NULL CONSTRAINT fk_messages_sender_id REFERENCES users,
    body text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON messages (conversation_id);
CREATE INDEX ON messages (sender_id);

INSERT INTO users (id, name) VALUES (1, 'Ann'), (2, 'Bob');
