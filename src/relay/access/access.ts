import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import type { CallRights, Role } from '../../shared/protocol/rights.ts';
import type { LogEntry } from '../store/store.ts';
import type { Rights } from '../store/agent-store.ts';

/** The part of an agent that access depends on: their rights. */
type Subject = Pick<Rights, 'workspace' | 'role' | 'calls' | 'numbers'>;

/** A workspace and the ids of its accounts. */
export interface WorkspaceNumbers {
  id: string;
  numbers: readonly string[];
}

/** What an agent asks of a call, or of an account. */
type Asked = Extract<FromConsole, { callId: string } | { accountId: string }>['type'];

/**
 * What a request requires besides the number; `have`: `take` or `place`, by the call's direction.
 */
type Need = 'nothing' | 'take' | 'place' | 'have' | 'supervise' | 'take-over';

/**
 * Why a request is refused. What does not belong to the agent is `unknown`, as if it did not exist.
 */
type Denial = 'unknown' | 'restricted' | 'role';

const CALLS: Readonly<Record<CallRights, { take: boolean; transfers: boolean; place: boolean }>> = {
  all: { take: true, transfers: true, place: true },
  'no-transfers': { take: true, transfers: false, place: true },
  'outbound-only': { take: false, transfers: false, place: true },
  none: { take: false, transfers: false, place: false },
};

const ROLES: Readonly<Record<Role, { supervise: boolean; administer: boolean }>> = {
  agent: { supervise: false, administer: false },
  supervisor: { supervise: true, administer: false },
  admin: { supervise: true, administer: true },
};

/** Whether a call belongs to the agent is decided where its state is known: by the call itself. */
const NEEDS: Readonly<Record<Asked, Need>> = {
  reserve: 'take',
  claim: 'take',
  release: 'nothing',
  decline: 'nothing',
  dial: 'place',
  stream: 'have',
  leg: 'nothing',
  place: 'place',
  'hang-up': 'nothing',
  hold: 'nothing',
  resume: 'nothing',
  transfer: 'nothing',
  'transfer-to-team': 'nothing',
  'transfer-cancel': 'nothing',
  'transfer-complete': 'nothing',
  record: 'nothing',
  supervise: 'supervise',
  'take-over': 'take-over',
  'legal-hold': 'supervise',
  sent: 'nothing',
  noted: 'nothing',
  described: 'nothing',
  people: 'nothing',
  placed: 'place',
  measured: 'nothing',
  todo: 'nothing',
};

/**
 * Decides who may see and do what. Pure: knows only the config's workspaces and is given the agent.
 */
export class Access {
  readonly #workspaces: readonly WorkspaceNumbers[];
  /** By account. */
  readonly #workspaceOf: ReadonlyMap<string, string>;

  constructor(workspaces: readonly WorkspaceNumbers[]) {
    this.#workspaces = workspaces;
    this.#workspaceOf = new Map(
      workspaces.flatMap(({ id, numbers }) => numbers.map((number) => [number, id])),
    );
  }

  /** The workspace of an account; undefined for one that the config does not name. */
  workspaceOf(accountId: string): string | undefined {
    return this.#workspaceOf.get(accountId);
  }

  /** The agent's accounts, in the order of the config. */
  numbersOf({ workspace, numbers }: Subject): readonly string[] {
    const own = this.#workspaces.find(({ id }) => id === workspace)?.numbers ?? [];
    return numbers === 'all' ? own : own.filter((number) => numbers.includes(number));
  }

  /** Whether an agent may see an account's calls and messages. */
  hears({ workspace, numbers }: Subject, accountId: string | undefined): boolean {
    if (accountId === undefined || this.#workspaceOf.get(accountId) !== workspace) return false;
    return numbers === 'all' || numbers.includes(accountId);
  }

  /**
   * Whether an agent may receive a log entry. An unreadable entry contains nothing about anybody; a
   * message is its sender's and its recipients'; whoever was erased may be known to the whole workspace.
   */
  hearsEntry(
    member: Subject & { id: string },
    { accountId, body }: Pick<LogEntry, 'accountId' | 'body'>,
  ): boolean {
    if (isPersonal(body)) {
      const by = body.type === 'told' ? body.from : body.by;
      const isTheirs = by.id === member.id || body.to.includes(member.id);
      return body.workspace === member.workspace && isTheirs;
    }
    if (body.type === 'erased') return body.workspace === member.workspace;
    // Only supervisors learn from it, in what it adds up to.
    if (body.type === 'measured') return false;
    if (accountId === undefined) return body.type === 'unreadable';
    return this.hears(member, accountId);
  }

  /** Whether an agent may write to a whole team. */
  mayTellTeams({ role }: Subject): boolean {
    return ROLES[role].supervise;
  }

  /** Whether an agent can see another one, in the team and as a transfer target. */
  seesTeammate(member: Subject, other: Subject): boolean {
    return member.workspace === other.workspace;
  }

  /** Whether an account's inbound calls ring for an agent, who may take them. */
  mayTake(member: Subject, accountId: string | undefined): boolean {
    return this.hears(member, accountId) && CALLS[member.calls].take;
  }

  /** Whether an agent may call customers from an account, or ask them for permission to. */
  mayPlace(member: Subject, accountId: string): boolean {
    return this.hears(member, accountId) && CALLS[member.calls].place;
  }

  /** Whether teammates may transfer an account's calls to an agent. */
  mayBeHanded(member: Subject, accountId: string): boolean {
    return this.hears(member, accountId) && takesTransfers(member);
  }

  /** Whether an agent may see and listen to teammates' calls of an account. */
  maySupervise(member: Subject, accountId: string): boolean {
    return this.hears(member, accountId) && ROLES[member.role].supervise;
  }

  /** Whether an agent may manage the agents of a workspace. */
  mayAdminister({ workspace, role }: Subject, of: string): boolean {
    return workspace === of && ROLES[role].administer;
  }

  /** Why an agent's request about a call is refused, before the call itself is consulted. */
  denial(
    member: Subject,
    asked: Asked,
    call: { accountId: string | undefined; direction?: 'inbound' | 'outbound' | undefined },
  ): Denial | undefined {
    const { accountId, direction } = call;
    if (accountId === undefined || !this.hears(member, accountId)) return 'unknown';
    switch (NEEDS[asked]) {
      case 'nothing':
        return undefined;
      case 'take':
        return this.mayTake(member, accountId) ? undefined : 'restricted';
      case 'place':
        return this.mayPlace(member, accountId) ? undefined : 'restricted';
      case 'have': {
        const isOurs = direction === 'outbound';
        const may = isOurs ? this.mayPlace(member, accountId) : this.mayTake(member, accountId);
        return may ? undefined : 'restricted';
      }
      case 'supervise':
        return this.maySupervise(member, accountId) ? undefined : 'role';
      case 'take-over':
        if (!this.maySupervise(member, accountId)) return 'role';
        return this.mayTake(member, accountId) ? undefined : 'restricted';
      default:
        return NEEDS[asked] satisfies never;
    }
  }
}

/** Whether an entry is for some agents alone, whatever their numbers are. */
export const isPersonal = (
  body: LogEntry['body'],
): body is Extract<LogEntry['body'], { type: 'told' | 'told-read' }> =>
  body.type === 'told' || body.type === 'told-read';

/** Whether teammates may transfer any calls to an agent. */
export const takesTransfers = ({ calls }: Pick<Subject, 'calls'>): boolean =>
  CALLS[calls].transfers;
