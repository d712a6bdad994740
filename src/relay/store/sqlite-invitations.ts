import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { readable, type Unreadable } from './readable.ts';
import type {
  InvitationRecord,
  InvitationStore,
  NewInvitation,
  Redemption,
} from './invitation-store.ts';

/** Invitations of agents. An agent who is removed takes theirs along, even if they are added again. */
export const INVITATION_TABLES = `
  CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    code_hash TEXT NOT NULL UNIQUE,
    agent_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    redeemed_at INTEGER,
    -- Of the token that the console chose.
    redeemed_hash TEXT,
    revoked_at INTEGER
  ) STRICT;
  CREATE TRIGGER agent_removed_invitations AFTER DELETE ON agents BEGIN
    UPDATE invitations SET revoked_at = created_at
      WHERE agent_id = OLD.id AND redeemed_at IS NULL AND revoked_at IS NULL;
  END;
`;

/** How long after its end an invitation is remembered, in ms: its owner is told what became of it. */
const REMEMBERED_MS = 90 * 86_400_000;

const row = z
  .object({
    id: z.string(),
    agent_id: z.string(),
    created_at: z.number(),
    expires_at: z.number(),
    redeemed_at: z.number().nullable(),
    revoked_at: z.number().nullable(),
  })
  .transform((one): InvitationRecord => ({
    id: one.id,
    agentId: one.agent_id,
    createdAt: one.created_at,
    expiresAt: one.expires_at,
    redeemedAt: one.redeemed_at ?? undefined,
    revokedAt: one.revoked_at ?? undefined,
  }));
const found = z.object({
  id: z.string(),
  agent_id: z.string(),
  expires_at: z.number(),
  redeemed_hash: z.string().nullable(),
  revoked_at: z.number().nullable(),
  token_hash: z.string().nullable(),
});

/** The invitations' table; also written by the command line while a relay runs. */
export function sqliteInvitations(db: Database, unreadable: Unreadable): InvitationStore {
  const isKnown = db.prepare('SELECT 1 FROM invitations WHERE id = ?');
  const revokeOf = db.prepare(
    `UPDATE invitations SET revoked_at = @at
     WHERE agent_id = @agentId AND redeemed_at IS NULL AND revoked_at IS NULL`,
  );
  const insert = db.prepare(
    `INSERT INTO invitations (id, code_hash, agent_id, created_at, expires_at)
     VALUES (@id, @codeHash, @agentId, @at, @expiresAt)`,
  );
  const forget = db.prepare('DELETE FROM invitations WHERE expires_at < ?');
  const byCode = db.prepare(
    `SELECT invitations.id, agent_id, expires_at, redeemed_hash, revoked_at, token_hash
     FROM invitations LEFT JOIN agents ON agents.id = agent_id WHERE code_hash = ?`,
  );
  const setToken = db.prepare('UPDATE agents SET token_hash = @tokenHash WHERE id = @agentId');
  const setRedeemed = db.prepare(
    'UPDATE invitations SET redeemed_at = @at, redeemed_hash = @tokenHash WHERE id = @id',
  );
  const revoke = db.prepare(
    `UPDATE invitations SET revoked_at = @at
     WHERE id = @id AND redeemed_at IS NULL AND revoked_at IS NULL`,
  );
  const list = db.prepare(
    `SELECT id, agent_id, created_at, expires_at, redeemed_at, revoked_at FROM invitations
     ORDER BY created_at, id`,
  );

  const add = db.transaction((invitation: NewInvitation, at: number): boolean => {
    if (isKnown.get(invitation.id) !== undefined) return false;
    forget.run(at - REMEMBERED_MS);
    revokeOf.run({ agentId: invitation.agentId, at });
    insert.run({ ...invitation, at });
    return true;
  });
  const redeem = db.transaction((codeHash: string, tokenHash: string, at: number): Redemption => {
    const given = byCode.get(codeHash);
    if (given === undefined) return { kind: 'unknown' };
    const { id, agent_id: agentId, ...one } = found.parse(given);
    const granted = { kind: 'granted', id, agentId } as const;
    if (one.redeemed_hash !== null) {
      // The same console again: its answer was lost.
      const isSame = one.redeemed_hash === tokenHash && one.token_hash === tokenHash;
      return isSame ? granted : { kind: 'used' };
    }
    if (one.revoked_at !== null || one.token_hash === null) return { kind: 'revoked' };
    if (one.expires_at <= at) return { kind: 'expired' };
    setToken.run({ agentId, tokenHash });
    setRedeemed.run({ id, at, tokenHash });
    return granted;
  });

  return {
    add: async (invitation, at) => add.immediate(invitation, at),
    redeem: async (codeHash, tokenHash, at) => redeem.immediate(codeHash, tokenHash, at),
    async find(codeHash) {
      const given = byCode.get(codeHash);
      return given === undefined ? undefined : found.parse(given).agent_id;
    },
    revoke: async (id, at) => revoke.run({ id, at }).changes === 1,
    list: async () => readable(list.all(), (one) => row.parse(one), 'invitations', unreadable),
  };
}
