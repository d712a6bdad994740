import { randomUUID } from 'node:crypto';
import type { Clock } from '../../shared/lib/clock.ts';
import { readCode } from '../../shared/links/invitation.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { InvitationRefusal } from '../../shared/protocol/invitation.ts';
import type { Access } from '../access/access.ts';
import type { Account } from '../config/account.ts';
import type { Log } from '../log.ts';
import type { AgentStore, Member } from '../store/agent-store.ts';
import type { InvitationRecord, InvitationStore } from '../store/invitation-store.ts';
import { hashCode, newCode } from './invitation-code.ts';
import { invitedAccounts } from './invited-accounts.ts';
import { hashToken } from './token.ts';

interface InvitationPorts {
  store: { invitations: InvitationStore; agents: Pick<AgentStore, 'list'> };
  access: Access;
  accounts: readonly Account[];
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'info'>;
  /** Called after an agent got another token. */
  changed?: () => Promise<void>;
}

type Redeemed =
  | { kind: 'granted'; agent: Agent; accounts: readonly object[] }
  | { kind: InvitationRefusal };

/** A day, in ms. */
const DAY_MS = 86_400_000;

/** Invitations: each lets one console become an agent's, once. */
export class Invitations {
  readonly #ports: InvitationPorts;

  constructor(ports: InvitationPorts) {
    this.#ports = ports;
  }

  /**
   * Invites an agent; their earlier invitation ends. The code is returned only here.
   *
   * @param days for which it can be redeemed
   */
  async create(agentId: string, days: number): Promise<{ code: string; expiresAt: number }> {
    const { store, clock } = this.#ports;
    const code = newCode();
    const now = clock.now();
    const expiresAt = now + days * DAY_MS;
    const invitation = { id: randomUUID(), codeHash: await hashCode(code), agentId, expiresAt };
    await store.invitations.add(invitation, now);
    return { code, expiresAt };
  }

  /** The agent's numbers of which the config does not tell consoles enough. */
  unreadyNumbers(member: Member): readonly string[] {
    const read = this.#accountsOf(member);
    return read.ok ? [] : read.error;
  }

  /** Gives the console that knows the code everything it needs, once. */
  async redeem(typed: string, token: string): Promise<Redeemed> {
    const { store, clock, log, changed } = this.#ports;
    const code = readCode(typed);
    if (code === undefined) return { kind: 'invitation-unknown' };
    const codeHash = await hashCode(code);
    const agentId = await store.invitations.find(codeHash);
    if (agentId === undefined) return { kind: 'invitation-unknown' };
    const member = (await store.agents.list()).find(({ id }) => id === agentId);
    const accounts = member && this.#accountsOf(member);
    // Asked first: an invitation is not used up by a relay that cannot fulfil it.
    if (accounts && !accounts.ok) {
      log.info('invitation.unready', { agent: agentId, numbers: accounts.error.join(' ') });
      return { kind: 'invitation-unready' };
    }
    const redemption = await store.invitations.redeem(codeHash, hashToken(token), clock.now());
    log.info(`invitation.${redemption.kind}`, { agent: agentId });
    if (redemption.kind !== 'granted') return { kind: `invitation-${redemption.kind}` };
    if (!member || !accounts) return { kind: 'invitation-revoked' };
    await changed?.();
    const { id, name } = member;
    return { kind: 'granted', agent: { id, name }, accounts: accounts.value };
  }

  /** False if there is no such open one. */
  revoke(id: string): Promise<boolean> {
    return this.#ports.store.invitations.revoke(id, this.#ports.clock.now());
  }

  list(): Promise<readonly InvitationRecord[]> {
    return this.#ports.store.invitations.list();
  }

  #accountsOf(member: Member) {
    const { access, accounts } = this.#ports;
    const own = access.numbersOf(member);
    return invitedAccounts(accounts.filter(({ id }) => own.includes(id)));
  }
}
