import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { connect, createServer as createTcpServer } from 'node:net';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { lossOf } from '../../../src/main/network/failure.ts';
import type { Proxy, Way } from '../../../src/main/network/proxies.ts';
import type { SignIn } from '../../../src/main/network/proxy-sign-in.ts';
import { openTransport } from '../../../src/main/network/transport.ts';
import { type Authority, createAuthority } from '../../fakes/authority.ts';
import { type ForwardProxyOptions, openForwardProxy } from '../../fakes/forward-proxy.ts';
import { freePort } from '../../helpers/free-port.ts';

// A name that only the proxy knows: a connection past it must fail.
const HOST = 'relay.company.test';

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority();
});

/** Answers HTTPS and WebSockets. */
async function openSite(hosts = [HOST], valid?: { from?: number; until?: number }) {
  const server = createServer(await authority.issue(hosts, valid), (_request, response) => {
    response.end('{"hello":"there"}');
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => socket.send('hello'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    server.close();
  });
  return portOf(server.address());
}

async function openProxy(options: ForwardProxyOptions = {}) {
  const proxy = await openForwardProxy({ knows: [HOST], ...options });
  onTestFinished(() => proxy.close());
  return proxy;
}

function open(ways: readonly Way[], trusted: readonly string[] = [authority.pem]) {
  const signIns = new Map<string, SignIn>();
  const asks: { proxy: string; wrong: boolean }[] = [];
  const authorities = [...trusted];
  const transport = openTransport({
    waysTo: () => Promise.resolve(ways),
    authorities: () => authorities,
    signInFor: (proxy) => signIns.get(proxy),
    onProxyAsks: (proxy, wrong) => asks.push({ proxy, wrong }),
    onProxyTook: () => undefined,
  });
  onTestFinished(() => transport.close());
  /** Both of main's ways: requests and sockets. */
  const get = (port: number, host = HOST) =>
    transport.fetch(`https://${host}:${port}/`).then((answer) => answer.text());
  const hello = async (port: number, host = HOST) => {
    const socket = new transport.WebSocket(`wss://${host}:${port}/`);
    onTestFinished(() => socket.terminate());
    const [data] = await once(socket, 'message');
    return String(data);
  };
  /** Why neither works. */
  const losses = async (port: number, host = HOST) => {
    const [rest, line] = await Promise.all(
      [get(port, host), hello(port, host)].map((made) =>
        made.then(
          () => undefined,
          (error: unknown) => lossOf(error),
        ),
      ),
    );
    expect(line).toEqual(rest);
    return rest;
  };
  return { transport, signIns, asks, authorities, get, hello, losses };
}

const through = (port: number, more: Partial<Proxy> = {}) =>
  ({ kind: 'http', host: '127.0.0.1', port, ...more }) as const;

describe('a proxy', () => {
  test('P2 carries requests and sockets', async () => {
    const port = await openSite();
    const proxy = await openProxy();
    const { get, hello } = open([through(proxy.port)]);
    expect(await get(port)).toBe('{"hello":"there"}');
    expect(await hello(port)).toBe('hello');
    expect(proxy.through).toEqual([`${HOST}:${port}`, `${HOST}:${port}`]);
  });

  test('P2 may use TLS itself', async () => {
    const port = await openSite();
    const proxy = await openProxy({ tls: await authority.issue(['127.0.0.1']) });
    const { get, hello } = open([through(proxy.port, { kind: 'https' })]);
    expect(await get(port)).toBe('{"hello":"there"}');
    expect(await hello(port)).toBe('hello');
  });

  test('P2 is skipped for the next of the list when it is gone', async () => {
    const port = await openSite();
    const gone = await openForwardProxy();
    await gone.close();
    const proxy = await openProxy();
    const { get } = open([through(gone.port), through(proxy.port)]);
    expect(await get(port)).toBe('{"hello":"there"}');
  });

  test('P2 that is gone is reported', async () => {
    const gone = await openForwardProxy();
    await gone.close();
    expect(await open([through(gone.port)]).losses(443)).toEqual({
      code: 'proxy-unreachable',
      about: `127.0.0.1:${gone.port}`,
    });
  });

  test('P2 asks for a password, which is sent once, and not again when wrong', async () => {
    const port = await openSite();
    const proxy = await openProxy({ user: 'ana', password: 'right' });
    const name = `127.0.0.1:${proxy.port}`;
    const { get, hello, losses, signIns, asks, transport } = open([through(proxy.port)]);
    expect(await losses(port)).toEqual({ code: 'proxy-password', about: name });
    expect(asks.at(-1)).toEqual({ proxy: name, wrong: false });

    signIns.set(name, { user: 'ana', password: 'wrong' });
    await expect(get(port)).rejects.toThrow('fetch failed');
    expect(asks.at(-1)).toEqual({ proxy: name, wrong: true });
    const before = proxy.asked.length;
    expect(await losses(port)).toEqual({ code: 'proxy-password', about: name });
    expect(proxy.asked.length).toBe(before);
    transport.forgive();
    await expect(get(port)).rejects.toThrow('fetch failed');
    expect(proxy.asked.length).toBe(before + 1);

    signIns.set(name, { user: 'ana', password: 'right' });
    expect(await get(port)).toBe('{"hello":"there"}');
    expect(await hello(port)).toBe('hello');
  });

  test('P2 gets the credentials from the environment', async () => {
    const port = await openSite();
    const proxy = await openProxy({ user: 'ana', password: 'p@ss:1' });
    const { get } = open([through(proxy.port, { user: 'ana', password: 'p@ss:1' })]);
    expect(await get(port)).toBe('{"hello":"there"}');
  });

  test.each([
    ['digest', 'ana', 'right'],
    ['digest-sha256', 'ana.lima', 'r:ght'],
    ['ntlm', String.raw`COMPANY\ana`, 'Password'],
  ] as const)('P2 is signed in to by %s', async (signIn, user, password) => {
    const port = await openSite();
    const proxy = await openProxy({ signIn, user, password });
    const name = `127.0.0.1:${proxy.port}`;
    const { get, hello, losses, signIns, asks } = open([through(proxy.port)]);
    expect(await losses(port)).toEqual({ code: 'proxy-password', about: name });
    expect(asks.at(-1)).toEqual({ proxy: name, wrong: false });
    signIns.set(name, { user, password: 'wrong' });
    await expect(get(port)).rejects.toThrow('fetch failed');
    expect(asks.at(-1)).toEqual({ proxy: name, wrong: true });
    signIns.set(name, { user, password });
    expect(await get(port)).toBe('{"hello":"there"}');
    expect(await hello(port)).toBe('hello');
  });

  test.each([
    [{ scheme: 'Negotiate' }, 'proxy-sign-in'],
    [{ scheme: 'NTLM' }, 'proxy-password'],
    [{ scheme: 'Digest realm="x", nonce="y", algorithm=SHA-512-256' }, 'proxy-sign-in'],
    [{ scheme: 'Negotiate\r\nproxy-authenticate: Basic realm="x"' }, 'proxy-password'],
    [{ status: 403 }, 'proxy-refused'],
    [{ status: 302 }, 'proxy-refused'],
    [{ status: 502 }, 'unreachable'],
  ] as const)('P2 that answers %j: %s', async (options, code) => {
    const port = await openSite();
    const proxy = await openProxy(options);
    expect(await open([through(proxy.port)]).losses(port)).toMatchObject({ code });
  });

  test('P2 that is no proxy is reported', async () => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('SSH-2.0-OpenSSH_9.2\r\n');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const port = portOf(server.address());
    expect(await open([through(port)]).losses(443)).toMatchObject({ code: 'proxy-refused' });
  });
});

/** Debian's, with a password if there is a user. */
async function openSocks(...signIn: readonly string[]) {
  const port = await freePort();
  const server = spawn('microsocks', ['-i', '127.0.0.1', '-p', `${port}`, ...signIn], {
    stdio: 'ignore',
  });
  const ended = once(server, 'exit');
  onTestFinished(async () => {
    server.kill('SIGKILL');
    await ended;
  });
  const isListening = async () => {
    const socket = connect(port, '127.0.0.1');
    return once(socket, 'connect').then(
      () => !!socket.destroy(),
      () => false,
    );
  };
  await expect.poll(isListening).toBe(true);
  return port;
}

describe('a SOCKS proxy', () => {
  test('P2 carries requests and sockets', async () => {
    const port = await openSite(['127.0.0.1']);
    const way = through(await openSocks(), { kind: 'socks5' });
    const { get, hello, transport } = open([way]);
    expect(await get(port, '127.0.0.1')).toBe('{"hello":"there"}');
    expect(await hello(port, '127.0.0.1')).toBe('hello');
    expect(transport.socksSignedIn()).toBeUndefined();
  });

  test('P2 asks for a password, which is not sent again when wrong, and says that media cannot follow', async () => {
    const port = await openSite(['127.0.0.1']);
    const way = through(await openSocks('-u', 'ana', '-P', 'right'), { kind: 'socks5' });
    const name = `127.0.0.1:${way.port}`;
    const { get, hello, losses, signIns, asks, transport } = open([way]);
    const refused = { code: 'proxy-password', about: name };
    expect(await losses(port, '127.0.0.1')).toEqual(refused);
    expect(asks.at(-1)).toEqual({ proxy: name, wrong: false });

    signIns.set(name, { user: 'ana', password: 'wrong' });
    expect(await losses(port, '127.0.0.1')).toEqual(refused);
    expect(asks.at(-1)).toEqual({ proxy: name, wrong: true });
    expect(transport.socksSignedIn()).toBeUndefined();

    signIns.set(name, { user: 'ana', password: 'right' });
    expect(await get(port, '127.0.0.1')).toBe('{"hello":"there"}');
    expect(await hello(port, '127.0.0.1')).toBe('hello');
    expect(transport.socksSignedIn()).toBe(name);
  });
});

describe('certificates', () => {
  test('P2 a company’s own authority is trusted once the system has it, without a restart', async () => {
    const port = await openSite(['127.0.0.1']);
    const { get, hello, losses, authorities } = open([{ kind: 'direct' }], []);
    expect(await losses(port, '127.0.0.1')).toEqual({
      code: 'certificate-untrusted',
      about: 'Example Company Root',
    });
    authorities.push(authority.pem);
    expect(await get(port, '127.0.0.1')).toBe('{"hello":"there"}');
    expect(await hello(port, '127.0.0.1')).toBe('hello');
  });

  test.each([
    ['expired', ['127.0.0.1'], { from: -20, until: -1 }, 'certificate-expired'],
    ['of tomorrow', ['127.0.0.1'], { from: 2 }, 'certificate-early'],
    ['of another host', ['other.company.test'], {}, 'certificate-name'],
  ] as const)('P2 that are %s are refused', async (_, hosts, valid, code) => {
    const port = await openSite([...hosts], valid);
    expect(await open([{ kind: 'direct' }]).losses(port, '127.0.0.1')).toMatchObject({ code });
  });

  test('P2 no variable makes the app trust everything', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    onTestFinished(() => {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    });
    const port = await openSite(['127.0.0.1']);
    expect(await open([{ kind: 'direct' }], []).losses(port, '127.0.0.1')).toMatchObject({
      code: 'certificate-untrusted',
    });
  });
});

describe('requests in clear text', () => {
  test.each(['http://relay.company.test/', 'http://10.1.2.3/', 'http://192.0.2.1:8080/'])(
    'C6 to %s are not sent',
    async (address) => {
      const proxy = await openProxy();
      const { transport } = open([through(proxy.port)]);
      const failure: unknown = await transport.fetch(address).catch((error: unknown) => error);
      expect(lossOf(failure)).toMatchObject({ code: 'insecure' });
      const socket = new transport.WebSocket(address.replace('http', 'ws'));
      const [error] = await once(socket, 'error');
      expect(lossOf(error)).toMatchObject({ code: 'insecure' });
      expect(proxy.asked).toEqual([]);
    },
  );

  test('C6 are not sent after a redirect from https to http', async () => {
    const server = createServer(await authority.issue(['127.0.0.1']), (_request, response) => {
      response.writeHead(302, { location: 'http://192.0.2.1/recording' }).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { transport } = open([{ kind: 'direct' }]);
    const address = `https://127.0.0.1:${portOf(server.address())}/`;
    const failure: unknown = await transport.fetch(address).catch((error: unknown) => error);
    expect(lossOf(failure)).toMatchObject({ code: 'insecure' });
  });
});

function portOf(address: ReturnType<ReturnType<typeof createTcpServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
