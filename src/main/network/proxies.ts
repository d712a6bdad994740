import type { Policy } from '../../shared/policy/policy.ts';
import { isLoopback } from '../../shared/lib/loopback.ts';

/** A proxy, or none. `port`s are TCP ports. */
export type Way =
  | { kind: 'direct' }
  | {
      /** `https`: TLS to the proxy itself; `socks4`/`socks5`: the proxy resolves names. */
      kind: 'http' | 'https' | 'socks4' | 'socks5';
      host: string;
      port: number;
      user?: string | undefined;
      password?: string | undefined;
    };
export type Proxy = Exclude<Way, { kind: 'direct' }>;

/** Host and port, as windows and the vault name a proxy. */
export function nameOf({ host, port }: Pick<Proxy, 'host' | 'port'>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const kinds: Readonly<Record<string, Proxy['kind']>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks4',
  SOCKS4: 'socks4',
  SOCKS5: 'socks5',
};
const usualPorts: Readonly<Record<Proxy['kind'], number>> = {
  http: 80,
  https: 443,
  socks4: 1080,
  socks5: 1080,
};

/**
 * Parses the result of a PAC script and of Electron's `resolveProxy`: `PROXY a:3128; SOCKS5 b:1080;
 * DIRECT`, in order of preference. Unreadable parts are left out; an empty result means direct.
 */
export function readWays(answer: string): readonly Way[] {
  const ways = answer
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part): Way[] => {
      const [kind = '', address = ''] = part.split(/\s+/);
      if (kind.toUpperCase() === 'DIRECT') return [{ kind: 'direct' }];
      const known = kinds[kind.toUpperCase()];
      const way = known && readAddress(known, address);
      return way ? [way] : [];
    });
  return ways.length === 0 ? [{ kind: 'direct' }] : ways;
}

function readAddress(kind: Proxy['kind'], address: string): Proxy | undefined {
  // A scheme without a default port, so that `URL` keeps every port.
  const text = `proxy://${address}`;
  if (address === '' || !URL.canParse(text)) return undefined;
  const { hostname, port } = new URL(text);
  if (hostname === '') return undefined;
  return { kind, host: bare(hostname), port: port === '' ? usualPorts[kind] : Number(port) };
}

/** Without the brackets of an IPv6 address. */
export function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/**
 * The proxy from the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, in either
 * case), by curl's rules. This machine is always reached directly, as in Chromium.
 */
export function wayOfEnvironment(env: NodeJS.ProcessEnv, url: URL): Way {
  const read = (name: string) => env[name.toLowerCase()] || env[name.toUpperCase()] || undefined;
  const host = bare(url.hostname).toLowerCase();
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  const value = read(secure ? 'https_proxy' : 'http_proxy') ?? read('all_proxy');
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  if (value === undefined || isLoopback(host) || isExempt(host, port, read('no_proxy'))) {
    return { kind: 'direct' };
  }
  return readProxyUrl(value) ?? { kind: 'direct' };
}

function readProxyUrl(value: string): Proxy | undefined {
  const text = value.includes('://') ? value : `http://${value}`;
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, port, username, password } = new URL(text);
  const kind = (
    {
      'http:': 'http',
      'https:': 'https',
      'socks:': 'socks5',
      'socks4:': 'socks4',
      'socks4a:': 'socks4',
      'socks5:': 'socks5',
      'socks5h:': 'socks5',
    } as const satisfies Record<string, Proxy['kind']> as Readonly<Record<string, Proxy['kind']>>
  )[protocol];
  if (kind === undefined || hostname === '') return undefined;
  return {
    kind,
    host: bare(hostname),
    port: port === '' ? usualPorts[kind] : Number(port),
    ...(username !== '' && { user: decode(username), password: decode(password) }),
  };
}

/** How Chromium is told what the organisation has set; undefined where the system decides. */
export function proxyConfig(
  route: Policy['route'],
):
  | { mode: 'direct' | 'pac_script' | 'fixed_servers'; proxyRules?: string; pacScript?: string }
  | undefined {
  const { proxy, pacUrl } = route ?? {};
  if (proxy === 'none') return { mode: 'direct' };
  if (proxy !== undefined && proxy !== 'system') {
    return { mode: 'fixed_servers', proxyRules: proxy.replace(/\/$/, '') };
  }
  return pacUrl === undefined ? undefined : { mode: 'pac_script', pacScript: pacUrl };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * `NO_PROXY`: hosts and domains (with or without a leading dot or `*.`), optionally with a port;
 * `*` for everything.
 */
function isExempt(host: string, port: number, list: string | undefined): boolean {
  return (list ?? '')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', only] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      if (only !== undefined && Number(only) !== port) return false;
      const domain = bare(name).replace(/^\*?\./, '');
      return host === domain || host.endsWith(`.${domain}`);
    });
}

/** The port of an address, or the usual one. */
export function portOf(port: string | number | null | undefined, overTls: boolean): number {
  return port === undefined || port === null || port === '' ? (overTls ? 443 : 80) : Number(port);
}
