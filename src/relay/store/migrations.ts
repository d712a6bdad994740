import { type Db, migrate, type NewerError } from '../../sqlite/migrate.ts';
import { LEGAL_HOLD_TABLE } from './legal-holds.ts';
import { ERASURE_TABLES } from './erasing.ts';
import { DISPATCH_TABLES } from './sqlite-dispatches.ts';
import { INVITATION_TABLES } from './sqlite-invitations.ts';
import { MERGE_INDEXES, PEOPLE_TABLE } from './sqlite-people.ts';
import { TODO_TABLES } from '../../sqlite/todo-table.ts';
import { replaceText } from '../../sqlite/replace-text.ts';

/**
 * The database's versions: the n-th script migrates from version n−1 to n. Never edit a released
 * one; add the next.
 */
const scripts: readonly string[] = [
  `
  CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;
  INSERT INTO meta (key, value) VALUES ('epoch', lower(hex(randomblob(16)))), ('pruned_to', '0');

  CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    account_id TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL,
    problems TEXT
  ) STRICT;
  CREATE INDEX deliveries_received_at ON deliveries (received_at);

  -- AUTOINCREMENT: a cursor is never given twice, not even after the newest entries were pruned.
  CREATE TABLE log (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    identity TEXT UNIQUE,
    delivery_id INTEGER,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX log_at ON log (at);

  -- Customers' calls. A row without an offer is a tombstone: its end came first.
  CREATE TABLE calls (
    call_id TEXT PRIMARY KEY,
    noted_at INTEGER NOT NULL,
    offered_at INTEGER,
    offer_cursor INTEGER,
    ended INTEGER NOT NULL DEFAULT 0,
    claimed_by TEXT,
    claimed_name TEXT,
    held_by TEXT,
    held_name TEXT
  ) STRICT;
  CREATE INDEX calls_open ON calls (offered_at) WHERE ended = 0 AND claimed_by IS NULL;
  CREATE INDEX calls_noted_at ON calls (noted_at);

  CREATE TABLE declines (
    call_id TEXT NOT NULL REFERENCES calls (call_id) ON DELETE CASCADE,
    agent_id TEXT NOT NULL,
    PRIMARY KEY (call_id, agent_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE agents (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    added_at INTEGER NOT NULL,
    acked_cursor INTEGER,
    acked_at INTEGER
  ) STRICT;
  `,
  `
  ALTER TABLE agents ADD COLUMN role TEXT NOT NULL DEFAULT 'agent' CHECK (role IN ('agent', 'supervisor'));
  ALTER TABLE agents ADD COLUMN team TEXT;
  ALTER TABLE agents ADD COLUMN calls TEXT NOT NULL DEFAULT 'all' CHECK (calls IN ('all', 'no-transfers', 'none'));

  -- Anchored calls, as JSON: they are always read and written whole.
  CREATE TABLE anchored (
    call_id TEXT PRIMARY KEY,
    noted_at INTEGER NOT NULL,
    over INTEGER NOT NULL DEFAULT 0,
    record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX anchored_open ON anchored (noted_at) WHERE over = 0;
  CREATE INDEX anchored_noted_at ON anchored (noted_at);

  ALTER TABLE calls ADD COLUMN account_id TEXT;
  ALTER TABLE calls ADD COLUMN customer TEXT;

  -- Who last took a call of a customer: the agent "assigned" to them.
  CREATE TABLE last_agents (
    account_id TEXT NOT NULL,
    customer TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (account_id, customer)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- After a call, until when its agent is busy with what follows it, Unix ms.
  ALTER TABLE agents ADD COLUMN wrap_up_until INTEGER;
  `,
  `
  -- One key for all spellings of a number (\`numberKey\` of src/shared/lib/person-key.ts).
  UPDATE OR REPLACE last_agents SET customer = '52' || substr(customer, 4)
    WHERE length(customer) = 13 AND customer GLOB '521*';
  UPDATE OR REPLACE last_agents SET customer = substr(customer, 1, 4) || '9' || substr(customer, 5)
    WHERE length(customer) = 12 AND customer GLOB '55[1-9][0-9][6-9]*';
  UPDATE OR REPLACE last_agents SET customer = '549' || substr(customer, 3)
    WHERE length(customer) = 12 AND customer GLOB '54*' AND customer NOT GLOB '549*';
  `,
  `
  -- The words that telephony uses.
  ALTER TABLE calls RENAME COLUMN held_by TO reserved_by;
  ALTER TABLE calls RENAME COLUMN held_name TO reserved_name;
  ${replaceText('log', 'body', [
    ['"type":"handover"', '"type":"call-offer"'],
    ['"type":"handover-ended"', '"type":"call-offer-ended"'],
    ['"handover":', '"callOffer":'],
    ['"handoverId":', '"callOfferId":'],
    ['"why":"waiting"', '"why":"requeue"'],
    ['"why":"owner-gone"', '"why":"agent-gone"'],
    ['"type":"owner-lost"', '"type":"agent-disconnected"'],
    ['"type":"owner-back"', '"type":"agent-reconnected"'],
    ['"type":"key"', '"type":"dtmf"'],
    ['"alias":', '"secondaryId":'],
    ['"opaque":', '"callbackData":'],
    ['"route":"anchored"', '"path":"relayed"'],
  ])}
  ${replaceText('anchored', 'record', [
    ['"parked":', '"onHold":'],
    ['"kind":"owner-lost"', '"kind":"agent-disconnected"'],
    ['"kind":"asking"', '"kind":"transfer-offered"'],
    ['"kind":"waiting"', '"kind":"queued"'],
    ['"handover":', '"callOffer":'],
    ['"handovers":', '"callOffers":'],
    ['"keys":', '"dtmf":'],
    ['"situation":', '"state":'],
  ])}
  DROP INDEX anchored_open;
  DROP INDEX anchored_noted_at;
  ALTER TABLE anchored RENAME TO relayed_calls;
  CREATE INDEX relayed_calls_open ON relayed_calls (noted_at) WHERE over = 0;
  CREATE INDEX relayed_calls_noted_at ON relayed_calls (noted_at);
  `,
  `
  -- Workspaces: what an agent may see and do. SQLite changes no CHECK, so the table is made anew.
  CREATE TABLE members (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    added_at INTEGER NOT NULL,
    acked_cursor INTEGER,
    acked_at INTEGER,
    wrap_up_until INTEGER,
    workspace TEXT NOT NULL DEFAULT 'default',
    role TEXT NOT NULL DEFAULT 'agent' CHECK (role IN ('agent', 'supervisor', 'admin')),
    team TEXT,
    calls TEXT NOT NULL DEFAULT 'all'
      CHECK (calls IN ('all', 'no-transfers', 'outbound-only', 'none')),
    -- Ids of accounts, as a JSON list; NULL: all of the workspace.
    numbers TEXT
  ) STRICT;
  INSERT INTO members (id, name, token_hash, added_at, acked_cursor, acked_at, wrap_up_until,
                       role, team, calls)
    SELECT id, name, token_hash, added_at, acked_cursor, acked_at, wrap_up_until, role, team, calls
    FROM agents;
  DROP TABLE agents;
  ALTER TABLE members RENAME TO agents;

  -- Counts the changes of who may connect and of their rights, for those who keep them in memory.
  INSERT INTO meta (key, value) VALUES ('agents_version', '0');
  CREATE TRIGGER agent_added AFTER INSERT ON agents BEGIN
    UPDATE meta SET value = value + 1 WHERE key = 'agents_version';
  END;
  CREATE TRIGGER agent_removed AFTER DELETE ON agents BEGIN
    UPDATE meta SET value = value + 1 WHERE key = 'agents_version';
  END;
  CREATE TRIGGER agent_changed
  AFTER UPDATE OF name, token_hash, workspace, role, team, calls, numbers ON agents BEGIN
    UPDATE meta SET value = value + 1 WHERE key = 'agents_version';
  END;

  -- Whose each entry is, so that nobody is sent what is not theirs.
  ALTER TABLE log ADD COLUMN account_id TEXT;
  CREATE TEMP TABLE account_of (call_id TEXT PRIMARY KEY, account_id TEXT NOT NULL);
  INSERT OR IGNORE INTO account_of SELECT call_id, account_id FROM calls;
  INSERT OR IGNORE INTO account_of
    SELECT call_id, json_extract(record, '$.accountId') FROM relayed_calls WHERE json_valid(record);
  INSERT OR IGNORE INTO account_of
    SELECT callOffer.value, json_extract(record, '$.accountId')
    FROM relayed_calls,
         json_each(iif(json_valid(record), record, '{}'), '$.callOffers') AS callOffer
    WHERE json_valid(record);
  UPDATE log SET account_id = coalesce(
    json_extract(body, '$.accountId'),
    json_extract(body, '$.callOffer.accountId'),
    (SELECT account_id FROM account_of WHERE call_id = json_extract(body, '$.callId'))
  ) WHERE json_valid(body);
  DROP TABLE account_of;
  `,
  `
  -- What the agents of a workspace choose from after a call, as JSON.
  CREATE TABLE wrap_up_forms (
    workspace TEXT PRIMARY KEY,
    form TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER wrap_up_form_added AFTER INSERT ON wrap_up_forms BEGIN
    UPDATE meta SET value = value + 1 WHERE key = 'agents_version';
  END;
  CREATE TRIGGER wrap_up_form_changed AFTER UPDATE ON wrap_up_forms BEGIN
    UPDATE meta SET value = value + 1 WHERE key = 'agents_version';
  END;
  `,
  `
  -- Finds what agents wrote down. Every body is written with its type first.
  CREATE INDEX log_noted ON log (cursor) WHERE substr(body, 1, 15) = '{"type":"noted"';
  `,
  TODO_TABLES,
  DISPATCH_TABLES,
  INVITATION_TABLES,
  ERASURE_TABLES,
  PEOPLE_TABLE,
  `
  -- Finds where else a customer waits.
  CREATE INDEX todo_customer ON todo (customer);
  CREATE INDEX todo_user_anywhere ON todo (user_id) WHERE user_id IS NOT NULL;
  `,
  LEGAL_HOLD_TABLE,
  MERGE_INDEXES,
  `
  -- Why a delivery is none that its number has received; null if it is.
  ALTER TABLE deliveries ADD COLUMN unused TEXT;
  `,
];

const newerStore: NewerError = (_db, found, known) =>
  new Error(
    `The database was written by a newer relay (its version is ${found}, this relay knows ${known}). Start that relay again, or give this one another dataDir.`,
  );

/**
 * Migrates the relay's database.
 *
 * @param to the version to stop at; the newest unless a test wants an older one
 * @throws Error that says what to do if a newer relay has written the database
 */
export function migrateStore(db: Db, to = scripts.length): void {
  const migrations = scripts.slice(0, to).map((sql, index) => ({
    version: index + 1,
    name: `relay ${index + 1}`,
    up: (migrated: Db) => void migrated.exec(sql),
  }));
  migrate(db, migrations, newerStore);
}
