import { app, net, type Session } from 'electron';
import type { ProxyAsks } from '../../shared/ipc/snapshot.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import type { Vault } from '../credentials/vault.ts';
import { describe, type Log } from '../log.ts';
import { trustedAuthorities } from './authorities.ts';
import { MediaSignIn } from './media-sign-in.ts';
import { CaptivePortal, checkFor } from './portal.ts';
import { proxyConfig, readWays, wayOfEnvironment, type Way } from './proxies.ts';
import { Recall } from './recall.ts';
import type { SignIn } from './proxy-sign-in.ts';
import { openTransport, type Transport } from './transport.ts';

/** Chromium's proxy switches on the command line; they override the environment's. */
const SWITCHES = [
  'proxy-server',
  'proxy-pac-url',
  'proxy-auto-detect',
  'proxy-bypass-list',
  'no-proxy-server',
];

export interface Network {
  transport: Transport;
  portal: CaptivePortal;
  asks: () => ProxyAsks | undefined;
  /** Signs in to a proxy. The vault stores it. */
  signIn: (proxy: string, as: SignIn) => Promise<void>;
}

/** This machine's network as its system is set up: proxies, PAC scripts, certificates. */
export function openNetwork({
  session,
  route,
  vault,
  clock,
  log,
  changed,
  passed,
}: {
  session: Session;
  /** What the organisation has set in place of the system's proxy. */
  route: Policy['route'];
  vault: Vault;
  clock: Clock;
  log: Log;
  changed: () => void;
  /** The agent has signed in to a network: what could not be reached now can. */
  passed: () => void;
}): Network {
  const asking = new Map<string, boolean>();
  const entered = new Map<string, SignIn>();
  const config = proxyConfig(route);
  const isGiven = config !== undefined || SWITCHES.some((name) => app.commandLine.hasSwitch(name));
  // For the windows' media as well, which reaches TURN servers by TCP.
  const isSet =
    config &&
    session.setProxy(config).catch((error: unknown) => {
      log.error(`network: the organisation’s proxy cannot be used: ${describe(error)}`);
    });
  let lastWays = '';

  const recalled = new Recall<string>(async (href) => {
    await isSet;
    return session.resolveProxy(href);
  });
  const waysTo = async (url: URL): Promise<readonly Way[]> => {
    const answer = await recalled.get(url.href).catch((error: unknown) => {
      log.warn(`network: the system does not report its proxy: ${describe(error)}`);
      return '';
    });
    const ways = readWays(answer);
    const direct = ways.every(({ kind }) => kind === 'direct');
    const found = direct && !isGiven ? [wayOfEnvironment(process.env, url)] : ways;
    const said = found.map((way) => (way.kind === 'direct' ? 'direct' : `${way.kind} proxy`));
    if (said.join() !== lastWays) log.info(`network: ways out: ${said.join(', ')}`);
    lastWays = said.join();
    return found;
  };

  const media = new MediaSignIn((address, { user, password }) => {
    const request = net.request({ url: address, method: 'HEAD', session });
    let isTold = false;
    request.on('login', ({ isProxy }, answer) => {
      if (!isProxy || isTold) return answer();
      isTold = true;
      answer(user, password);
    });
    // What is at the address does not matter.
    request.on('error', (error) => log.info(`network: media’s request failed: ${describe(error)}`));
    request.end();
  });
  const transport = openTransport({
    waysTo,
    // Anybody can set a variable, so the packaged app must not trust it.
    authorities: () => trustedAuthorities(app.isPackaged ? undefined : process.env),
    signInFor: (proxy) => entered.get(proxy) ?? stored(vault, proxy),
    onProxyAsks(proxy, wrong) {
      if (asking.get(proxy) === wrong) return;
      asking.set(proxy, wrong);
      log.warn(`network: the proxy ${proxy} asks for a password${wrong ? ', another one' : ''}`);
      changed();
    },
    onProxyTook(proxy, to, signIn) {
      media.handleTook(proxy, to, signIn);
      if (asking.delete(proxy)) changed();
    },
  });

  return {
    transport,
    portal: new CaptivePortal({
      check: checkFor(process.platform, route?.portalCheck),
      clock,
      log,
      changed,
      passed,
    }),
    asks() {
      const [first] = asking;
      return first && { proxy: first[0], wrong: first[1] };
    },
    async signIn(proxy, as) {
      entered.set(proxy, as);
      transport.forgive();
      asking.delete(proxy);
      changed();
      await vault.put({ [secretOf(proxy)]: JSON.stringify(as) });
    },
  };
}

const secretOf = (proxy: string) => `proxy-sign-in/${proxy}`;

function stored(vault: Vault, proxy: string): SignIn | undefined {
  const text = vault.get(secretOf(proxy));
  if (text === undefined) return undefined;
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null) return undefined;
    if (!('user' in read) || !('password' in read)) return undefined;
    return { user: String(read.user), password: String(read.password) };
  } catch {
    return undefined;
  }
}
