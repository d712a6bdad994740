import { assertNever } from '../../shared/lib/assert-never.ts';
import { systemClock } from '../../shared/lib/clock.ts';
import { invitationLink, relayAddress, showCode } from '../../shared/links/invitation.ts';
import { addressProblem } from '../../shared/protocol/encrypted-url.ts';
import { Access } from '../access/access.ts';
import { Invitations } from '../agents/invitations.ts';
import { AgentError, createAgentRegistry } from '../agents/registry.ts';
import type { RelayConfig } from '../config/schema.ts';
import type { InvitationRecord } from '../store/invitation-store.ts';
import type { Store } from '../store/store.ts';
import { checkWorkspace } from './agent.ts';
import type { InviteAction } from './arguments.ts';
import { withStore } from './store.ts';

/** Invites agents. A running relay knows at once. */
export async function inviteCommand(config: RelayConfig, action: InviteAction): Promise<void> {
  await withStore(config, async (store) => {
    const invitations = new Invitations({
      store,
      access: new Access(config.workspaces),
      accounts: config.accounts,
      clock: systemClock,
      log: { info: () => undefined },
    });
    switch (action.name) {
      case 'create':
        return create(config, store, invitations, action);
      case 'list':
        for (const one of await invitations.list()) console.log(describe(one, systemClock.now()));
        return;
      case 'revoke':
        if (await invitations.revoke(action.id)) {
          return console.error(`Revoked the invitation ${action.id}.`);
        }
        throw new AgentError(`There is no open invitation "${action.id}".`);
      default:
        return assertNever(action, 'action');
    }
  });
}

async function create(
  config: RelayConfig,
  store: Store,
  invitations: Invitations,
  { id, agentName, rights, days, relay }: Extract<InviteAction, { name: 'create' }>,
): Promise<void> {
  const address = relayAddress(relay ?? config.publicUrl ?? '');
  if (address === '') {
    throw new AgentError(
      'The config has no publicUrl, so nobody can tell where consoles reach the relay. Add "publicUrl": "https://calls.example.com", or name it with --relay.',
    );
  }
  const problem = addressProblem(address, 'ws');
  if (problem !== undefined) throw new AgentError(`${address} ${problem}.`);
  checkWorkspace(config, rights);
  const { workspaces } = config;
  const agents = createAgentRegistry(store.agents, systemClock, undefined, workspaces);
  const known = (await agents.list()).some((agent) => agent.id === id);
  if (known && Object.keys(rights).length > 0) await agents.update(id, rights);
  if (!known) {
    if (agentName === undefined) {
      throw new AgentError(`There is no agent "${id}". To add them, give their --name, too.`);
    }
    const [first] = workspaces;
    // Nobody learns this token; the console that redeems the invitation chooses another.
    await agents.add({ id, name: agentName, ...(first && { workspace: first.id }), ...rights });
  }
  const agent = (await agents.list()).find((one) => one.id === id);
  if (!agent) throw new AgentError(`There is no agent "${id}".`);
  const unready = invitations.unreadyNumbers(agent);
  if (unready.length > 0) {
    throw new AgentError(
      `The config does not say what consoles need of ${unready.map((one) => `"${one}"`).join(', ')}: add "console" to the account (label, number and what else its provider needs), and a credential. See src/relay/README.md.`,
    );
  }
  const { code, expiresAt } = await invitations.create(id, days);
  const until = iso(expiresAt);
  console.error(
    `Invitation of "${agent.name}", for one console, until ${until}. It is shown only now:`,
  );
  console.log(invitationLink({ relay: address, code }));
  console.error(`Or by hand: relay ${address}, code ${showCode(code)}`);
}

function describe({ id, agentId, ...at }: InvitationRecord, now: number): string {
  const state =
    at.redeemedAt !== undefined
      ? `used ${iso(at.redeemedAt)}`
      : at.revokedAt !== undefined
        ? `revoked ${iso(at.revokedAt)}`
        : at.expiresAt <= now
          ? `expired ${iso(at.expiresAt)}`
          : `open until ${iso(at.expiresAt)}`;
  return [id, agentId, `created ${iso(at.createdAt)}`, state].join('\t');
}

const iso = (ms: number) => new Date(ms).toISOString();
