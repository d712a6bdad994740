/** What lets a console become an agent's, once. Codes and tokens are stored as hashes only. */
export interface InvitationStore {
  /**
   * Adds one; the agent's earlier ones that are still open are revoked.
   *
   * @returns false if its id is known: then nothing happens
   */
  add(invitation: NewInvitation, at: number): Promise<boolean>;
  /** The agent whose invitation has this code, whatever became of it. */
  find(codeHash: string): Promise<string | undefined>;
  /**
   * Gives the invited agent this token, once; repeated with the same token it is granted again, for as long as that
   * token is the agent's.
   */
  redeem(codeHash: string, tokenHash: string, at: number): Promise<Redemption>;
  /** False if there is no such open one. */
  revoke(id: string, at: number): Promise<boolean>;
  /** Oldest first. */
  list(): Promise<readonly InvitationRecord[]>;
}

export interface NewInvitation {
  id: string;
  codeHash: string;
  agentId: string;
  /** Unix ms. */
  expiresAt: number;
}

/** Times are Unix ms. */
export interface InvitationRecord extends Omit<NewInvitation, 'codeHash'> {
  createdAt: number;
  redeemedAt?: number | undefined;
  revokedAt?: number | undefined;
}

export type Redemption =
  | { kind: 'granted'; id: string; agentId: string }
  | { kind: 'unknown' | 'used' | 'expired' | 'revoked' };
