import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { Machine } from '../../../../src/main/recordings/machine.ts';
import { scriptedServer } from '../../../fakes/http-server.ts';

/** The organisation's service is not ours: anything may answer at its address. */

const TRACK = { speaker: 'customer', mime: 'audio/mp4', bytes: Buffer.from('sound') } as const;

const machineAt = (server: string) =>
  new Machine({
    endpoint: () => ({ server, speechModel: 'speech-1', summaryModel: 'words-1' }),
    key: () => 'machine-key',
    fetch: globalThis.fetch,
  });

const json = (body: unknown, status = 200) => ({ status, body });

test('a segment that makes no sense costs no other', async () => {
  const { url, received } = await scriptedServer(
    json({
      text: 'Hello. Yes. Bye.',
      segments: [
        { start: 0, end: 1, text: 'Hello.' },
        { start: -3, end: 1e308, text: 'Yes.' },
        { start: '2', text: 7 },
        null,
        { start: 4, end: 3, text: 'Bye.' },
      ],
    }),
  );
  expect(await machineAt(url).transcribe([TRACK])).toEqual([
    { speaker: 'customer', fromMs: 0, toMs: 1000, text: 'Hello.' },
    { speaker: 'customer', fromMs: 0, toMs: 0, text: 'Yes.' },
    { speaker: 'customer', fromMs: 4000, toMs: 4000, text: 'Bye.' },
  ]);
  expect(received[0]?.body).toContain('filename="call.m4a"');
});

test.each([
  [{ text: 'Hi', segments: null }, 1],
  [{ text: 'Hi', segments: [] }, 1],
  [{ text: 'Hi' }, 1],
  [{ text: '' }, 0],
  [{ segments: [] }, 0],
])('%j is a transcript', async (body, lines) => {
  const { url } = await scriptedServer(json(body));
  expect(await machineAt(url).transcribe([TRACK])).toHaveLength(lines);
});

test.each([
  ['a web page', '<html><h1>Log in</h1></html>'],
  ['an error with status 200', { error: { message: 'No such model' } }],
  ['nothing', ''],
  ['null', null],
  ['a list', []],
  ['half an answer', '{"text":"Hel'],
])('%s is no transcript of a silent call', async (_, body) => {
  const { url } = await scriptedServer(json(body));
  await expect(machineAt(url).transcribe([TRACK])).rejects.toThrow('cannot be read');
});

test.each([
  [302, 'HTTP status 302'],
  [307, 'HTTP status 307'],
  [401, 'refuses its key'],
  [413, 'too long'],
  [429, 'HTTP status 429'],
  [502, 'HTTP status 502'],
])(
  'an answer with status %i is refused with its reason, and followed nowhere',
  async (status, why) => {
    const elsewhere = await scriptedServer(json({ text: 'stolen' }));
    const headers = { location: elsewhere.url };
    const { url } = await scriptedServer({ status, body: '<html>', headers });
    await expect(machineAt(url).transcribe([TRACK])).rejects.toThrow(why);
    expect(elsewhere.received).toEqual([]);
  },
);

test('an endless answer is ended, and takes little memory', async () => {
  let closed: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (closed = resolve));
  const endless: RequestListener = (request, response) => {
    request.resume();
    const more = (): void => {
      while (response.writable && response.write('"'.repeat(1_000_000)));
    };
    response.on('drain', more).on('close', closed);
    response.writeHead(200, { 'content-type': 'application/json' });
    more();
  };
  const server = createServer(endless);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const machine = machineAt(`http://127.0.0.1:${port}`);
  await expect(machine.transcribe([TRACK])).rejects.toThrow('cannot be read');
  await gone;
});

test.each([
  [{ choices: [] }],
  [{ choices: [{ message: { content: null } }] }],
  [{ choices: [{ message: { content: ' ' } }] }],
  ['<html>'],
])('%j is no summary', async (body) => {
  const { url } = await scriptedServer(json(body));
  const line = { speaker: 'agent', fromMs: 0, toMs: 1, text: 'Hello' } as const;
  await expect(machineAt(url).summarise([line])).rejects.toThrow('cannot be read');
});

test('a summary without an end is cut between two characters', async () => {
  const content = `${'a'.repeat(3_999)}${'👩‍👩‍👧‍👦'.repeat(5)}`;
  const { url } = await scriptedServer(json({ choices: [{ message: { content } }] }));
  const line = { speaker: 'agent', fromMs: 0, toMs: 1, text: 'Hello' } as const;
  const summary = await machineAt(url).summarise([line]);
  expect(summary?.text).toBe(`${'a'.repeat(3_999)}…`);
});
