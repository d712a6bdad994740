import { assertNever } from '../../shared/lib/assert-never.ts';
import { systemClock } from '../../shared/lib/clock.ts';
import { AgentError, createAgentRegistry } from '../agents/registry.ts';
import type { RelayConfig } from '../config/schema.ts';
import type { AgentRecord, Rights } from '../store/agent-store.ts';
import { importAgents } from './agent-import.ts';
import type { AgentAction } from './arguments.ts';
import { withStore } from './store.ts';

/** Manages agents. A running relay notices at once, or at its next heartbeat. */
export async function agentCommand(config: RelayConfig, action: AgentAction): Promise<void> {
  await withStore(config, async (store) => {
    const { workspaces } = config;
    const agents = createAgentRegistry(store.agents, systemClock, undefined, workspaces);
    switch (action.name) {
      case 'import':
        return importAgents(agents, config, action);
      case 'add': {
        checkWorkspace(config, action.rights);
        const { token } = await agents.add({
          id: action.id,
          name: action.agentName,
          ...(workspaces[0] && { workspace: workspaces[0].id }),
          ...action.rights,
        });
        return printToken(action.id, token);
      }
      case 'update':
        checkWorkspace(config, action.rights);
        await agents.update(action.id, action.rights);
        return console.error(`Changed "${action.id}".`);
      case 'rotate': {
        const { token } = await agents.rotate(action.id);
        return printToken(action.id, token);
      }
      case 'remove':
        await agents.remove(action.id);
        return console.error(`Removed "${action.id}".`);
      case 'list':
        for (const agent of await agents.list()) console.log(describe(agent));
        return;
      default:
        return assertNever(action, 'action');
    }
  });
}

/** An agent whose workspace is not in the config could do nothing, and nobody would know why. */
export function checkWorkspace({ workspaces }: RelayConfig, { workspace }: Partial<Rights>): void {
  if (workspace === undefined || workspaces.some(({ id }) => id === workspace)) return;
  const known = workspaces.map(({ id }) => id).join(', ');
  throw new AgentError(`There is no workspace "${workspace}" in the config. There are: ${known}.`);
}

/** Only the token goes to standard output, so that it can be piped. */
function printToken(id: string, token: string): void {
  console.error(`Token of "${id}". It is shown only now; enter it in their console:`);
  console.log(token);
}

function describe({ id, name, role, team, calls, addedAt, acked, ...of }: AgentRecord): string {
  const numbers = of.numbers === 'all' ? 'all' : of.numbers.join(' ');
  const rights = [
    role,
    ...(team === undefined ? [] : [`team ${team}`]),
    `calls ${calls}`,
    `workspace ${of.workspace}`,
    `numbers ${numbers}`,
  ].join(', ');
  const seen = acked ? `up to entry ${acked.cursor} at ${iso(acked.at)}` : 'never connected';
  return [id, name, rights, `added ${iso(addedAt)}`, seen].join('\t');
}

const iso = (ms: number) => new Date(ms).toISOString();
