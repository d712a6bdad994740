import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  askPassage,
  CaptivePortal,
  checkFor,
  type Passage,
} from '../../../../src/main/network/portal.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { FakeLog } from '../../../fakes/log.ts';

async function site(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/`;
}

describe('a network', () => {
  it.each<[string, RequestListener, Passage]>([
    ['the site itself', (_, response) => response.end('NetworkManager is online\n'), 'open'],
    [
      'a redirect to the sign-in page',
      (_, response) => response.writeHead(302, { location: 'http://192.0.2.1/hello' }).end(),
      'portal',
    ],
    ['the sign-in page', (_, response) => response.end('<h1>Welcome to the hotel</h1>'), 'portal'],
    ['status 511', (_, response) => response.writeHead(511).end('Sign in'), 'portal'],
    [
      'an endless page',
      (_, response) => {
        response.on('error', () => undefined);
        for (let n = 0; n < 64; n++) response.write('x'.repeat(1_000));
      },
      'portal',
    ],
    ['a broken site', (_, response) => response.writeHead(500).end(), 'unknown'],
    ['nobody', (request) => request.socket.destroy(), 'unknown'],
  ])('in which %s answers', async (_, answer, passage) => {
    const address = await site(answer);
    expect(await askPassage({ address, says: 'NetworkManager is online' })).toBe(passage);
  });

  it('is open where the organisation’s own address answers 204', async () => {
    const address = await site((_, response) => response.writeHead(204).end());
    expect(await askPassage({ address })).toBe('open');
    expect(await askPassage({ address: await site((_, r) => r.end('Hello')) })).toBe('portal');
  });

  it('is asked at the address of its system, of the organisation, or not at all', () => {
    expect(checkFor('win32', undefined)?.address).toContain('msftconnecttest');
    expect(checkFor('linux', undefined)?.address).toContain('gnome');
    expect(checkFor('linux', 'http://check.example.com/')).toEqual({
      address: 'http://check.example.com/',
    });
    expect(checkFor('linux', 'off')).toBeUndefined();
  });
});

describe('a captive portal', () => {
  function open(...passages: Passage[]) {
    const clock = new FakeClock();
    const asked: number[] = [];
    let changes = 0;
    let passed = 0;
    const portal = new CaptivePortal({
      check: { address: 'http://check.example.com/' },
      ask() {
        asked.push(clock.now());
        return Promise.resolve(passages.shift() ?? 'unknown');
      },
      clock,
      log: new FakeLog(),
      changed: () => changes++,
      passed: () => passed++,
    });
    const pass = async (ms: number) => {
      clock.advance(ms);
      await Promise.resolve();
      await Promise.resolve();
    };
    return { portal, pass, asked, changes: () => changes, passed: () => passed };
  }

  it('is recognised while the relay cannot be reached, and the relay is tried once it is passed', async () => {
    const { portal, pass, changes, passed } = open('portal', 'portal', 'open');
    portal.handleConnection({ state: 'reconnecting' });
    await pass(1_500);
    expect([portal.isThere, changes()]).toEqual([true, 1]);
    await pass(3_000);
    expect([portal.isThere, changes(), passed()]).toEqual([true, 1, 0]);
    await pass(3_000);
    expect([portal.isThere, changes(), passed()]).toEqual([false, 2, 1]);
  });

  it('is forgotten when the relay is back, and never asked about meanwhile', async () => {
    const { portal, pass, asked } = open('portal');
    portal.handleConnection({ state: 'connected' });
    await pass(60_000);
    expect(asked).toEqual([]);
    portal.handleConnection({ state: 'reconnecting' });
    await pass(1_500);
    expect(portal.isThere).toBe(true);
    portal.handleConnection({ state: 'connected' });
    expect(portal.isThere).toBe(false);
    await pass(600_000);
    expect(asked).toHaveLength(1);
  });

  it('is asked about ever more rarely while nobody answers', async () => {
    const { portal, pass, asked } = open();
    portal.handleConnection({ state: 'reconnecting' });
    for (let minute = 0; minute < 600; minute++) await pass(1_000);
    expect(asked.length).toBeLessThan(16);
    portal.close();
  });
});
