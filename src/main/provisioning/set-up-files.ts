import { t } from '../../shared/i18n/i18n.ts';
import type { SetUpDone } from '../../shared/ipc/set-up.ts';
import { invitationLink, makeCode, showCode } from '../../shared/links/invitation.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import {
  agentNames,
  bareNumber,
  isRelayed,
  isTrial,
  typedRelay,
  type SetUp,
  type SetUpNumber,
} from '../../shared/set-up/set-up.ts';

/** A file of a set-up; `name` is relative to its folder. */
export interface SetUpFile {
  name: string;
  text: string;
}

export interface SetUpPorts {
  /** A whole number from 0 to below the given one, unpredictable. */
  below: (limit: number) => number;
  /** Unix ms. */
  now: number;
}

/** For how long the first invitations can be redeemed, in ms. */
const INVITED_MS = 14 * 86_400_000;
const DEFAULT_PORT = 8787;
/** Ids that the relay keeps for itself. */
const RESERVED = new Set(['out', 'offer']);

/**
 * Everything that a relay and its agents need, from what an admin typed and `setUpProblems` found no fault with. Each
 * secret is in a file of its own; the config only names it.
 */
export function setUpFiles(
  typed: SetUp,
  folder: string,
  ports: SetUpPorts,
): { files: readonly SetUpFile[]; done: SetUpDone } {
  const relay = typedRelay(typed.relay) ?? '';
  const publicUrl = relay.replace(/^ws/, 'http');
  const isLocal = isTrial(typed.relay);
  const secrets: SetUpFile[] = [];
  /** Keeps a secret in its file, and says in the config where it is. */
  const kept = (name: string, text: string) => {
    const file = `secrets/${name}`;
    secrets.push({ name: file, text: `${text}\n` });
    return { file };
  };
  const taken = new Set(RESERVED);
  const numbers = typed.numbers.map((number) => {
    const id = slug(number.label, 'main', taken);
    taken.add(id);
    const own = (name: string, text: string) => kept(`${id}-${name}`, text);
    return {
      number,
      id,
      ...accountOf(number, id, { kept: own, random: () => randomHex(ports, 32) }),
    };
  });
  const invited = invitationsOf(typed, relay, ports);
  const config = {
    version: 1,
    publicUrl,
    listen: { host: '127.0.0.1', port: isLocal ? portOf(relay) : DEFAULT_PORT },
    ...(!isLocal && { trustProxy: ['127.0.0.1'] }),
    dataDir: 'data',
    drainSeconds: isLocal ? 0 : 600,
    invitations: { file: INVITATIONS },
    ...(typed.numbers.some(isRelayed) &&
      !isLocal && {
        media: {
          bind: '0.0.0.0',
          announce: [typed.mediaAddress.trim()],
          portRange: [40_000, 40_999],
        },
      }),
    accounts: numbers.map(({ account }) => account),
  };
  const files = [
    { name: 'relay.json', text: json(config) },
    { name: 'compose.yaml', text: compose(new URL(publicUrl).hostname, isLocal) },
    ...secrets,
    {
      name: INVITATIONS,
      text: json({ version: 1, invitations: invited.map(({ entry }) => entry) }),
    },
    ...invited.map(({ entry, link, name, code, until }) => ({
      name: `invitations/${entry.agent.id}.txt`,
      text: `${t('setUp.letter', { name, until })}\n\n${link}\n\n${relay}\n${showCode(code)}\n`,
    })),
  ];
  const done: SetUpDone = {
    folder,
    files: files.map(({ name }) => name),
    relay,
    commands: {
      containers: 'docker compose up -d',
      plain: `npm run relay -- --config ${quoted(`${folder}/relay.json`)}`,
    },
    numbers: numbers.map(({ number, id, inUrl, ...made }) => ({
      label: number.label.trim(),
      provider: number.provider,
      webhook: {
        url: [
          publicUrl,
          'webhooks',
          number.provider,
          id,
          ...(inUrl === undefined ? [] : [inUrl]),
        ].join('/'),
        verifyToken: made.verifyToken,
        secret: made.signingSecret,
      },
      forwardTo: made.streamSecret && `${relay}/v1/streams/zernio/${id}/${made.streamSecret}`,
    })),
    invitations: invited.map(({ name, link, code }) => ({ name, link, code: showCode(code) })),
  };
  return { files, done };
}

const INVITATIONS = 'secrets/invitations.json';

interface Made {
  account: object;
  verifyToken?: string;
  signingSecret?: string;
  streamSecret?: string;
  /** The secret that ends the webhook's address. */
  inUrl?: string;
}

interface Secrets {
  kept: (name: string, text: string) => { file: string };
  random: () => string;
}

/** The number as the relay's config has it, with what consoles need of it. */
function accountOf(typed: SetUpNumber, id: string, { kept, random }: Secrets): Made {
  const { provider } = typed;
  const common = { label: typed.label.trim(), number: bareNumber(typed.number) };
  const base = typed.apiBase.trim().replace(/\/+$/, '');
  const apiBase = base === '' ? {} : { apiBase: base };
  const path = isRelayed(typed) ? { path: 'relayed' } : {};
  switch (provider) {
    case 'meta': {
      const verifyToken = random();
      const account = {
        id,
        provider,
        ...path,
        ...apiBase,
        phoneNumberId: typed.phoneNumberId.trim(),
        appSecret: kept('app-secret', typed.appSecret.trim()),
        verifyToken: kept('verify-token', verifyToken),
        accessToken: kept('access-token', typed.accessToken.trim()),
        console: { ...common, wabaId: typed.wabaId.trim() },
      };
      return { account, verifyToken };
    }
    case 'd360':
    case 'pilot-meta': {
      const inUrl = random();
      const account = {
        id,
        provider,
        ...path,
        ...apiBase,
        webhookSecret: kept('webhook-secret', inUrl),
        apiKey: kept('api-key', typed.apiKey.trim()),
        console: common,
      };
      return { account, inUrl };
    }
    case 'pilot-web': {
      const inUrl = random();
      const apiKey = kept('api-key', typed.apiKey.trim());
      const account = {
        id,
        provider,
        webhookSecret: kept('webhook-secret', inUrl),
        console: { ...common, apiKey, ...apiBase },
      };
      return { account, inUrl };
    }
    case 'zernio': {
      const [signingSecret, streamSecret] = [random(), random()];
      const account = {
        id,
        provider,
        signingSecret: kept('signing-secret', signingSecret),
        stream: { secret: kept('stream-secret', streamSecret) },
        console: {
          ...common,
          apiKey: kept('api-key', typed.apiKey.trim()),
          zernioAccountId: typed.zernioAccountId.trim(),
          ...apiBase,
        },
      };
      return { account, signingSecret, streamSecret };
    }
    default:
      return assertNever(provider, 'provider');
  }
}

function invitationsOf(typed: SetUp, relay: string, { below, now }: SetUpPorts) {
  // Each has a file of its name, which Windows refuses for its devices.
  const taken = new Set(WINDOWS_DEVICES);
  const until = now + INVITED_MS;
  return agentNames(typed).map((name, index) => {
    const agentId = slug(name, 'agent', taken);
    taken.add(agentId);
    const code = makeCode(below);
    const role = index === 0 ? { role: 'admin' } : {};
    const entry = {
      id: `first-${randomHex({ below }, 16)}`,
      code: showCode(code),
      expires: new Date(until).toISOString(),
      agent: { id: agentId, name: name.slice(0, 100), ...role },
    };
    return { entry, name, code, until, link: invitationLink({ relay, code }) };
  });
}

const randomHex = ({ below }: Pick<SetUpPorts, 'below'>, length: number) =>
  Array.from({ length }, () => below(16).toString(16)).join('');

const WINDOWS_DEVICES = ['con', 'prn', 'aux', 'nul'].concat(
  Array.from({ length: 9 }, (_, n) => [`com${n + 1}`, `lpt${n + 1}`]).flat(),
);

/** A name as an id: letters and digits of ASCII with dashes. */
function slug(name: string, otherwise: string, taken: ReadonlySet<string>): string {
  const plain =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{M}/gu, '')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || otherwise;
  if (!taken.has(plain)) return plain;
  for (let next = 2; ; next++) if (!taken.has(`${plain}-${next}`)) return `${plain}-${next}`;
}

function portOf(relay: string): number {
  const { port, protocol } = new URL(relay);
  return port === '' ? (protocol === 'wss:' ? 443 : 80) : Number(port);
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** A path as one word of a shell that expands nothing in it; Windows has no name with a double quote. */
function quoted(path: string): string {
  if (/^[\w/.-]+$/.test(path)) return path;
  return /^(?:[a-z]:|\\\\)/i.test(path)
    ? `"${path}"`
    : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** The relay in a container, and Caddy, which ends TLS, in another. */
function compose(host: string, isLocal: boolean): string {
  const proxy = `  proxy:
    image: caddy:2
    command: caddy reverse-proxy --from ${host} --to 127.0.0.1:${DEFAULT_PORT}
    network_mode: host
    volumes: ['caddy:/data']
    restart: always
volumes: { caddy: {} }
`;
  return `# Start it in this folder: docker compose up -d
# RINGDESK_SOURCE is the folder of Ringdesk's sources on this server, after "npm ci" in it.
services:
  relay:
    image: node:24-slim
    working_dir: /app
    command: [node, src/relay/index.ts, --config, /config/relay.json]
    # Sound needs its UDP ports as they are.
    network_mode: host
    volumes:
      - \${RINGDESK_SOURCE:-/opt/ringdesk}:/app:ro
      - .:/config
    stop_grace_period: 11m
    restart: always
${isLocal ? '' : proxy}`;
}
