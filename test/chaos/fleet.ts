import { assertNever } from '../../src/shared/lib/assert-never.ts';
import type { CallRights, Role } from '../../src/shared/protocol/rights.ts';
import type { SimulatorConfigInput } from '../../src/simulator/simulator.ts';
import { some } from './lib.ts';

/** The participants: two workspaces, their business numbers at four providers, and their agents. */

export type StoreKind = 'sqlite' | 'nats';

type Path = 'direct' | 'relayed' | 'streamed' | 'external';

export interface BusinessNumber {
  id: string;
  workspace: string;
  provider: 'meta' | 'd360' | 'pilot-meta' | 'pilot-web' | 'zernio';
  path: Path;
  /** Its id at the provider. */
  numberId: string;
}

const number = (
  id: string,
  workspace: string,
  provider: BusinessNumber['provider'],
  path: Path,
  numberId: string,
): BusinessNumber => ({ id, workspace, provider, path, numberId });

export const numbers = some([
  number('north-direct', 'north', 'meta', 'direct', '105615555715851'),
  number('north-relayed', 'north', 'meta', 'relayed', '105615555715852'),
  number('north-forwarded', 'north', 'zernio', 'external', '105615555715853'),
  number('south-direct', 'south', 'd360', 'direct', '105615555715854'),
  number('south-relayed', 'south', 'd360', 'relayed', '105615555715855'),
  number('south-web', 'south', 'pilot-web', 'streamed', '105615555715856'),
  number('south-official', 'south', 'pilot-meta', 'relayed', '105615555715857'),
]);

export const numberOf = (id: string): BusinessNumber => {
  const found = numbers.find((one) => one.id === id);
  if (!found) throw new Error(`no number ${id}`);
  return found;
};

export interface AgentRights {
  calls: CallRights;
  numbers: 'all' | readonly string[];
}

export interface Agent extends AgentRights {
  id: string;
  workspace: string;
  role: Role;
  /** The rights change during a run; these are the first ones. */
  changes?: true;
}

export const agents: readonly Agent[] = [
  { id: 'ana', workspace: 'north', role: 'admin', calls: 'all', numbers: 'all' },
  { id: 'ben', workspace: 'north', role: 'agent', calls: 'all', numbers: 'all' },
  {
    id: 'cleo',
    workspace: 'north',
    role: 'agent',
    calls: 'all',
    numbers: ['north-direct'],
    changes: true,
  },
  { id: 'sam', workspace: 'north', role: 'supervisor', calls: 'all', numbers: 'all' },
  { id: 'dan', workspace: 'south', role: 'agent', calls: 'all', numbers: 'all' },
  { id: 'eva', workspace: 'south', role: 'admin', calls: 'no-transfers', numbers: 'all' },
  {
    id: 'finn',
    workspace: 'south',
    role: 'agent',
    calls: 'all',
    numbers: ['south-web'],
    changes: true,
  },
  { id: 'gil', workspace: 'south', role: 'agent', calls: 'all', numbers: 'all', changes: true },
];

/** Whether an agent may see a number's events. */
export const hears = (
  agent: Pick<Agent, 'workspace' | 'numbers'>,
  { id, workspace }: BusinessNumber,
): boolean =>
  agent.workspace === workspace && (agent.numbers === 'all' || agent.numbers.includes(id));

/** Short deadlines, so that many pass in a run. */
export const policy = {
  rejoinGraceSeconds: 5,
  waitingSeconds: 10,
  transferSeconds: 8,
  wrapUpSeconds: 1,
};

const APP_SECRET = 'the-app-secret';
const VERIFY_TOKEN = 'the-verify-token';
const WEBHOOK_SECRET = 'a-secret-in-the-address';
export const accessTokenOf = ({ id }: BusinessNumber): string => `token-of-${id}`;

/** The path of a number's webhook at the relay. */
export const webhookPathOf = ({ id, provider }: BusinessNumber): string =>
  `/webhooks/${provider}/${id}${provider.startsWith('pilot') ? `/${WEBHOOK_SECRET}` : ''}`;

/** A number in the relay's config. */
function accountOf(one: BusinessNumber, apiBase: string): Record<string, unknown> {
  const { id, provider, path, numberId } = one;
  const relayed = { path, apiBase };
  switch (provider) {
    case 'meta': {
      const key = path === 'relayed' ? { accessToken: accessTokenOf(one) } : {};
      const secrets = { appSecret: APP_SECRET, verifyToken: VERIFY_TOKEN };
      return { id, provider, phoneNumberId: numberId, ...secrets, ...relayed, ...key };
    }
    case 'd360': {
      const key = path === 'relayed' ? { apiKey: accessTokenOf(one) } : {};
      return { id, provider, platformSecret: APP_SECRET, ...relayed, ...key };
    }
    case 'pilot-meta': {
      const secrets = { webhookSecret: WEBHOOK_SECRET, apiKey: accessTokenOf(one) };
      return { id, provider, ...secrets, ...relayed };
    }
    case 'pilot-web':
      return { id, provider, webhookSecret: WEBHOOK_SECRET };
    case 'zernio':
      return { id, provider, signingSecret: APP_SECRET };
    default:
      return assertNever(provider, 'provider');
  }
}

interface RelayPlace {
  host: string;
  port: number;
  dataDir: string;
  /** The base address of the providers' API, as the relay reaches it. */
  apiBase: string;
  store: Record<string, unknown>;
}

export function relayConfig({ host, port, dataDir, apiBase, store }: RelayPlace): unknown {
  const workspaces = [...new Set(numbers.map(({ workspace }) => workspace))].map((id) => ({
    id,
    name: id,
    accounts: numbers
      .filter(({ workspace }) => workspace === id)
      .map((one) => accountOf(one, apiBase)),
  }));
  const media = { bind: host, processes: 1 };
  return { version: 1, listen: { host, port }, dataDir, store, media, policy, workspaces };
}

/** The same numbers in the providers' config. */
export function simulatorConfig(place: {
  host: string;
  port: number;
  /** Where webhooks are sent first. */
  office: string;
}): SimulatorConfigInput {
  const { host, port, office } = place;
  return {
    version: 1,
    listen: { host, port },
    media: { host },
    accounts: numbers.map((one, index) => {
      const displayPhoneNumber = `1555111000${index}`;
      const webhookUrl = `${office}${webhookPathOf(one)}`;
      const common = { id: one.id, displayPhoneNumber, webhookUrl };
      const cloud = { ...common, phoneNumberId: one.numberId, wabaId: `waba-${one.workspace}` };
      switch (one.provider) {
        case 'meta': {
          const secrets = { appSecret: APP_SECRET, verifyToken: VERIFY_TOKEN };
          return { ...cloud, provider: 'meta', accessToken: accessTokenOf(one), ...secrets };
        }
        case 'd360':
          return {
            ...cloud,
            provider: 'd360',
            apiKey: accessTokenOf(one),
            webhookSecret: APP_SECRET,
          };
        case 'pilot-meta':
          return {
            ...cloud,
            provider: 'pilot-meta',
            apiKey: accessTokenOf(one),
            // Its own call events tell the same as these.
            events: ['calls', 'call.permission_updated', 'message.received'],
          };
        case 'pilot-web':
          return { ...common, provider: 'pilot-web', apiKey: accessTokenOf(one) };
        case 'zernio':
          return {
            ...common,
            provider: 'zernio',
            zernioAccountId: `zernio-${one.id}`,
            phoneNumberDocId: `doc-${one.id}`,
            phoneNumberId: one.numberId,
            apiKey: accessTokenOf(one),
            webhookSecret: APP_SECRET,
            forwardTo: 'tel:+15551119999',
          };
        default:
          return assertNever(one.provider, 'provider');
      }
    }),
    // Direct calls have no audio here, and the network must not end them because of that.
    timing: {
      noMediaAtStartMs: 600_000,
      acceptDeadlineMs: 30_000,
      ringTimeoutMs: 20_000,
      webhookTimeoutMs: 5_000,
    },
  };
}
