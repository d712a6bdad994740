import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import tls from 'node:tls';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createAuthority } from '../../../fakes/authority.ts';
import { freePort } from '../../../helpers/free-port.ts';
import { Cluster } from '../cluster-world.ts';
import { offer, sign, temporaryFolder } from '../harness.ts';
import { TestConsole } from '../test-console.ts';

/** HAProxy with the config of deploy/, but for its addresses. */
async function balance(nodes: readonly string[]): Promise<string> {
  const folder = temporaryFolder();
  const authority = await createAuthority();
  const before = tls.getCACertificates();
  tls.setDefaultCACertificates([...before, authority.pem]);
  const { cert, key } = await authority.issue(['127.0.0.1']);
  const pem = path.join(folder.dir, 'calls.pem');
  writeFileSync(pem, `${cert}\n${key}\n`);
  const port = await freePort();
  const ours = new Map([
    [':443', `127.0.0.1:${port}`],
    ['/etc/haproxy/calls.pem', pem],
    // A test may not have so many files.
    ['maxconn 150000', 'maxconn 1000'],
    ...nodes.map((url, index) => [`10.0.0.1${index + 1}:8787`, new URL(url).host] as const),
  ]);
  let config = readFileSync(path.resolve('deploy/haproxy.cfg'), 'utf8');
  for (const [theirs, own] of ours) {
    expect(config).toContain(theirs);
    config = config.replace(theirs, own);
  }
  const file = path.join(folder.dir, 'haproxy.cfg');
  writeFileSync(file, config);
  const haproxy = spawn('haproxy', ['-db', '-f', file], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(haproxy, 'exit');
  onTestFinished(async () => {
    haproxy.kill();
    await ended;
    tls.setDefaultCACertificates(before);
    folder.remove();
  });
  const url = `https://127.0.0.1:${port}`;
  await vi.waitUntil(
    () =>
      fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    { timeout: 10_000 },
  );
  return url;
}

/** As it comes from a provider at 203.0.113.9, who claims to be another, by a proxy at 127.0.0.2. */
async function post(url: string, body: string, signature = sign(body)) {
  const headers = {
    'x-hub-signature-256': signature,
    'x-forwarded-for': '198.51.100.1, 203.0.113.9',
  };
  const options = { method: 'POST', headers, localAddress: '127.0.0.2' };
  const sent = request(`${url}/webhooks/meta/main`, options).end(body);
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, answer: await json(response) };
}

it('webhooks and consoles pass the HAProxy of deploy/, from their own addresses, and move from a relay that ends', async () => {
  const cluster = await Cluster.open(3, { more: { trustProxy: ['127.0.0.1', '127.0.0.2'] } });
  onTestFinished(() => cluster.close());
  const url = await balance(cluster.nodes.map((node) => node.url));

  await post(url, '{}', 'sha256=00');
  const refused = cluster.nodes
    .flatMap(({ lines }) => lines)
    .find(({ event }) => event === 'webhook.refused');
  expect(refused).toMatchObject({ address: '203.0.113.9' });

  const token = await cluster.token('ana');
  const ana = await TestConsole.join(url, token);
  const taken = await post(url, JSON.stringify(offer('wacid.1')));
  expect(taken).toMatchObject({ status: 200, answer: { added: 1 } });
  await ana.ringing('main/wacid.1', ['ana']);

  const here = cluster.nodes.findIndex(({ lines }) =>
    lines.some(({ event }) => event === 'agent.connected'),
  );
  await cluster.node(here).stop();
  await ana.closed;
  const again = await TestConsole.join(url, token);
  await again.ringing('main/wacid.1', ['ana']);
  expect(await again.claim('main/wacid.1')).toEqual({ kind: 'granted' });
  await again.close();
});
