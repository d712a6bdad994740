import { describe, expect, it } from 'vitest';
import {
  IpcDispatcher,
  ringRoutes,
  type Handlers,
  type IpcSender,
} from '../../../../src/main/ipc/ipc-dispatcher.ts';
import { providerRefusal, Refusal } from '../../../../src/main/refusal.ts';
import { PageOrigin } from '../../../../src/main/windows/origin.ts';
import { requests } from '../../../../src/shared/ipc/routes.ts';
import { memoryLog } from '../fixtures.ts';

const page: IpcSender = { id: 1, url: 'app://ringdesk/index.html', topFrame: true };
const origin = new PageOrigin(undefined);

/** Every route exists; which answer belongs to which does not matter here. */
function isComplete(handlers: object): handlers is Handlers {
  return Object.keys(requests).every((name) => name in handlers);
}

function setUp(change: Partial<Handlers> = {}, hasLogTrouble = false) {
  const log = memoryLog();
  const calls: unknown[] = [];
  const handlers = Object.fromEntries(
    Object.keys(requests).map((name) => [
      name,
      (input: unknown) => {
        calls.push([name, input]);
        return null;
      },
    ]),
  );
  const all = { ...handlers, ...change };
  if (!isComplete(all)) throw new Error('a route is missing');
  const mayAsk = (sender: IpcSender) => {
    if (!sender.topFrame || !origin.isPage(sender.url)) return 'nothing';
    if (sender.id === 3) return ringRoutes;
    return sender.id === 1 ? 'everything' : 'nothing';
  };
  return { door: new IpcDispatcher(all, mayAsk, () => hasLogTrouble, log), log, calls };
}

describe('the IPC dispatcher', () => {
  it('parses, calls and answers', async () => {
    const { door, calls } = setUp();
    const answer = await door.handle('calls.mute', { callId: 'a', muted: true }, page);
    expect(answer).toEqual({ ok: true, value: null });
    expect(calls).toEqual([['calls.mute', { callId: 'a', muted: true }]]);
  });

  it.each<[string, Partial<IpcSender>]>([
    ['another window', { id: 2 }],
    ['a frame inside the page', { topFrame: false }],
    ['a page from elsewhere', { url: 'https://example.com/' }],
    ['a page that pretends', { url: 'app://ringdesk.example.com/index.html' }],
    ['a document of ours that is no page', { url: 'app://ringdesk/assets/index.js' }],
    ['a local file', { url: 'file:///app/index.html' }],
    ['a frame that is gone', { url: undefined }],
  ])('H2 refuses %s', async (_, change) => {
    const { door, calls } = setUp();
    const answer = await door.handle('app.copy', { text: 'x' }, { ...page, ...change });
    expect(answer).toMatchObject({ ok: false, error: { code: 'unknown-sender' } });
    expect(calls).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['nothing', new Uint8Array(0)],
    ['half a sample', new Uint8Array(641)],
    ['more than a tenth of a second', new Uint8Array(9_602)],
    ['numbers that are no bytes', [1, 2]],
    ['bytes of another kind', new Float32Array(4)],
  ])('H2 refuses audio that is %s', async (_, frame) => {
    const { door, calls } = setUp();
    const answer = await door.handle('media.pcm', { callId: 'a', frame }, page);
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(calls).toEqual([]);
  });

  it('passes an audio frame on unchanged', async () => {
    const { door, calls } = setUp();
    const input = { callId: 'a', frame: Uint8Array.of(1, 2, 3, 4) };
    expect(await door.handle('media.pcm', input, page)).toEqual({ ok: true, value: null });
    expect(calls).toEqual([['media.pcm', input]]);
  });

  it.each([
    'nope',
    'toString',
    '__proto__',
    7,
    undefined,
    // Of neither is there a text.
    { toString: 1, valueOf: 1 },
    'x'.repeat(1_000_000),
  ])('H2 refuses the unknown route %s', async (name) => {
    const { door } = setUp();
    const answer = await door.handle(name, {}, page);
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(JSON.stringify(answer).length).toBeLessThan(200);
  });

  const party = { waId: '5511987654321' };
  it.each<[string, object]>([
    ['calls.play', { callId: 'a', mediaUrl: 'file:///etc/passwd' }],
    ['calls.play', { callId: 'a', mediaUrl: 'javascript:alert(1)' }],
    ['calls.play', { callId: 'a', mediaUrl: 'ftp://example.com/a.mp3' }],
    ['calls.play', { callId: 'a', mediaUrl: `https://example.com/${'a'.repeat(2_000)}.mp3` }],
    ['calls.dial', { accountId: 'a' }],
    ['calls.dial', { accountId: 'a', to: '551199', forwardTo: 'http://example.com' }],
    ['calls.dial', { accountId: 'a', to: '551199', forwardTo: `sip:${'a'.repeat(500)}` }],
    ['contacts.facts', { accountId: 'a', party: {}, fresh: true }],
    ['contacts.get', { party, before: 'x'.repeat(701), limit: 10 }],
    ['contacts.list', { text: 'x'.repeat(201), limit: 10 }],
    ['contacts.list', { text: '', limit: 1_000_000 }],
    ['messages.text', { accountId: 'a', party, text: 'x'.repeat(4_097) }],
    ['permissions.request', { accountId: 'a', party, request: { kind: 'free-form' } }],
    ['numbers.set', { accountId: 'a', change: { calling: 'yes' } }],
    ['numbers.set', { accountId: 'a', change: { forwarding: { to: 'x'.repeat(501) } } }],
    ['recordings.get', { callId: 'a', url: 'https://example.com' }],
  ])('H2 limits %s', async (name, input) => {
    const { door, calls } = setUp();
    const answer = await door.handle(name, input, page);
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(calls).toEqual([]);
  });

  it('H2 refuses invalid input, and names the field', async () => {
    const { door, calls } = setUp();
    const answer = await door.handle('calls.dial', { accountId: 'a', to: '+55 11' }, page);
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(JSON.stringify(answer)).toContain('to: ');
    expect(calls).toEqual([]);
  });

  it('H2 drops unknown fields', async () => {
    const { door } = setUp();
    const answer = await door.handle('profile.import', { path: '/etc/passwd' }, page);
    expect(answer).toMatchObject({ ok: false });
  });

  it('passes a refusal on unchanged', async () => {
    const error = { code: 'busy', message: 'Another call is in progress.' } as const;
    const { door } = setUp({ 'calls.accept': () => Promise.reject(new Refusal(error)) });
    expect(await door.handle('calls.accept', { callId: 'a' }, page)).toEqual({ ok: false, error });
  });

  it('passes the provider’s message on', async () => {
    const provider = { code: '138006', message: 'No permission', transient: false };
    const { door } = setUp({
      'messages.templates': () => Promise.reject(new Refusal(providerRefusal(provider))),
    });
    const answer = await door.handle('messages.templates', { accountId: 'a' }, page);
    expect(answer).toMatchObject({ ok: false, error: { code: 'provider', provider } });
  });

  it('logs unexpected errors and does not send them to the window', async () => {
    const { door, log } = setUp({
      'app.copy': () => {
        throw new Error('disk on fire');
      },
    });
    const answer = await door.handle('app.copy', { text: 'x' }, page);
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(answer)).not.toContain('fire');
    expect(log.lines.join()).toContain('disk on fire');
  });

  it('explains a failure by the log of calls while that cannot be used', async () => {
    const fails = () => {
      throw new Error('connection is not open');
    };
    const { door, log } = setUp({ 'history.seen': fails }, true);
    const answer = await door.handle('history.seen', {}, page);
    expect(answer).toMatchObject({ ok: false, error: { code: 'log-unavailable' } });
    expect(log.lines.join()).toContain('connection is not open');
  });

  const ring: IpcSender = { id: 3, url: 'app://ringdesk/ring.html', topFrame: true };
  const routes = Object.keys(requests);
  it.each(routes.filter((name) => ![...ringRoutes].some((route) => route === name)))(
    'L4 refuses %s from the ring window',
    async (name) => {
      const { door, calls } = setUp();
      const answer = await door.handle(name, {}, ring);
      expect(answer).toMatchObject({ ok: false, error: { code: 'unknown-sender' } });
      expect(calls).toEqual([]);
    },
  );

  it('L4 accepts the ring window’s own requests', async () => {
    const { door, calls } = setUp();
    for (const name of ['calls.accept', 'calls.decline', 'calls.undo-decline', 'calls.silence']) {
      expect(await door.handle(name, { callId: 'a' }, ring)).toMatchObject({ ok: true });
    }
    expect(calls).toHaveLength(4);
  });
});
