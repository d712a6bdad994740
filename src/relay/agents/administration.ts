import {
  MOST_AGENTS,
  type AdminRequest,
  type AgentChange,
  type ManagedAgent,
} from '../../shared/protocol/agent-admin.ts';
import { MAX_FRAME_BYTES } from '../../shared/protocol/frames.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { KeyedQueue } from '../../shared/lib/keyed-queue.ts';
import type { Access } from '../access/access.ts';
import type { Log } from '../log.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { AgentRecord, Member } from '../store/agent-store.ts';
import type { Invitations } from './invitations.ts';
import { AgentError, type AgentRegistry } from './registry.ts';

/** For how long an invitation from a console can be redeemed. */
const INVITED_DAYS = 7;

interface AdministrationPorts {
  agents: AgentRegistry;
  invitations: Pick<Invitations, 'create' | 'unreadyNumbers'>;
  access: Access;
  /** Erases a person at all numbers of a workspace. */
  erase: (workspace: string, keys: readonly string[]) => Promise<Outcome>;
  log: Log;
}

/**
 * Carries out what admins ask from their consoles about their own workspace. One request at a time, so
 * that two admins cannot remove each other at once and leave the workspace without one.
 */
export class Administration {
  readonly #ports: AdministrationPorts;
  /** Errors reach whoever asked. */
  readonly #requests = new KeyedQueue(() => undefined);

  constructor(ports: AdministrationPorts) {
    this.#ports = ports;
  }

  /**
   * Decides an admin's request.
   *
   * Refuses with `role` if the agent is no admin, with `unknown-agent`, with `last-admin` if the workspace would be left
   * without an admin, and with `yourself` if admins would lose their own role without having confirmed it.
   *
   * @param admin asked when it is this request's turn; undefined if they may no longer connect
   */
  handle(admin: () => Member | undefined, request: AdminRequest): Promise<Outcome> {
    return this.#requests.run('agents', () => this.#handle(admin(), request));
  }

  async #handle(admin: Member | undefined, request: AdminRequest): Promise<Outcome> {
    const { access, log } = this.#ports;
    if (!admin) return refused('unauthorized');
    if (!access.mayAdminister(admin, admin.workspace)) return refused('role');
    const outcome = await this.#decide(admin, request).catch((error: unknown) => {
      if (error instanceof AgentError)
        return { kind: 'problems' as const, problems: error.problems };
      throw error;
    });
    if (request.do !== 'list') {
      log.info(`admin.${request.do}.${outcome.kind}`, {
        admin: admin.id,
        workspace: admin.workspace,
        agent: 'agentId' in request ? request.agentId : undefined,
        agents: request.do === 'add' ? request.agents.length : undefined,
        why: outcome.kind === 'refused' ? outcome.why : undefined,
      });
    }
    return outcome;
  }

  async #decide(admin: Member, request: AdminRequest): Promise<Outcome> {
    const { agents } = this.#ports;
    const { workspace } = admin;
    if (request.do === 'add') {
      const added = request.agents.map((agent) => ({ ...agent, workspace }));
      return { kind: 'tokens', tokens: [...(await agents.addAll(added))] };
    }
    if (request.do === 'set-wrap-up-form') {
      await agents.setWrapUpForm(workspace, request.form);
      return { kind: 'granted' };
    }
    if (request.do === 'erase') return this.#ports.erase(workspace, request.keys);
    const team = (await agents.list()).filter((agent) => agent.workspace === workspace);
    if (request.do === 'list') {
      const { after = '' } = request;
      const left = team.filter(({ id }) => id > after).toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const shown = fitting(left.slice(0, MOST_AGENTS).map(managed));
      return { kind: 'agents', agents: shown, more: left.length > shown.length };
    }
    const { agentId } = request;
    const agent = team.find(({ id }) => id === agentId);
    if (!agent) return refused('unknown-agent');
    switch (request.do) {
      case 'rotate':
        return {
          kind: 'tokens',
          tokens: [{ id: agentId, token: (await agents.rotate(agentId)).token }],
        };
      case 'invite': {
        if (this.#ports.invitations.unreadyNumbers(agent).length > 0) return refused('unready');
        return {
          kind: 'invited',
          ...(await this.#ports.invitations.create(agentId, INVITED_DAYS)),
        };
      }
      case 'update': {
        const { role = agent.role } = request.change;
        const doubt = role === 'admin' ? undefined : losesAdmin(agent, team, admin, request);
        if (doubt !== undefined) return refused(doubt);
        await agents.update(agentId, request.change satisfies AgentChange);
        return { kind: 'granted' };
      }
      case 'remove': {
        const doubt = losesAdmin(agent, team, admin, request);
        if (doubt !== undefined) return refused(doubt);
        await agents.remove(agentId);
        return { kind: 'granted' };
      }
      default:
        return assertNever(request, 'request');
    }
  }
}

/** The first of them, as many as fit into a frame. */
function fitting(agents: readonly ManagedAgent[]): ManagedAgent[] {
  const shown: ManagedAgent[] = [];
  let bytes = 0;
  for (const agent of agents) {
    bytes += Buffer.byteLength(JSON.stringify(agent));
    if (shown.length > 0 && bytes > MAX_FRAME_BYTES / 2) break;
    shown.push(agent);
  }
  return shown;
}

/** Why an agent may not lose the role of an admin; undefined if they are none, or may. */
function losesAdmin(
  agent: AgentRecord,
  team: readonly AgentRecord[],
  admin: Member,
  { evenMyself = false }: { evenMyself?: boolean | undefined },
): 'last-admin' | 'yourself' | undefined {
  if (agent.role !== 'admin') return undefined;
  if (!team.some(({ id, role }) => role === 'admin' && id !== agent.id)) return 'last-admin';
  return agent.id === admin.id && !evenMyself ? 'yourself' : undefined;
}

const managed = ({
  id,
  name,
  role,
  team,
  calls,
  numbers,
  ...record
}: AgentRecord): ManagedAgent => ({
  id,
  name,
  role,
  ...(team !== undefined && { team }),
  calls,
  numbers: numbers === 'all' ? 'all' : [...numbers],
  addedAt: record.addedAt,
  ...(record.acked && { seenAt: record.acked.at }),
});
