import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import {
  FileFailure,
  fetchRecording,
  fetchTranscript,
} from '../../../../src/main/recordings/provider-file.ts';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/`;
}

const ignore = async () => undefined;
const audio = { 'content-type': 'audio/ogg; codecs=opus' };

test('returns only the audio and its type', async () => {
  const url = await serve((request, response) => {
    response.writeHead(request.headers.authorization === 'Bearer t' ? 200 : 401, audio);
    response.end('OggS');
  });
  const parts: Uint8Array[] = [];
  const mime = await fetchRecording(
    { url, headers: { authorization: 'Bearer t' } },
    async (part) => void parts.push(part),
  );
  expect([mime, Buffer.concat(parts).toString()]).toEqual(['audio/ogg', 'OggS']);
  await expect(fetchRecording({ url }, ignore)).rejects.toThrow('HTTP status 401');
});

test.each([
  ['Audio/OGG; codecs=opus', 'audio/ogg'],
  ['application/ogg', 'audio/ogg'],
  ['video/webm', 'audio/webm'],
  ['binary/octet-stream', 'audio/mpeg'],
  ['application/octet-stream', 'audio/mpeg'],
])('what a store of files calls %s is %s', async (type, mime) => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-type': type }).end('OggS');
  });
  expect(await fetchRecording({ url }, ignore)).toBe(mime);
});

test('an endless answer that is not wanted is ended', async () => {
  let closed: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (closed = resolve));
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).write('<p>');
    response.on('close', closed);
  });
  await expect(fetchRecording({ url }, ignore)).rejects.toThrow(FileFailure);
  await gone;
});

test.each(['utf8', 'utf16le'] as const)(
  'a transcript in %s with a mark is read',
  async (encoding) => {
    const url = await serve((_, response) => {
      const type = { 'content-type': 'application/json' };
      response
        .writeHead(200, type)
        .end(Buffer.from('\ufeff{"transcript":{"text":"Olá"}}', encoding));
    });
    expect(await fetchTranscript({ url })).toBe('{"transcript":{"text":"Olá"}}');
  },
);

test('sends its key to no other origin after a redirect', async () => {
  const seen: (string | undefined)[] = [];
  const elsewhere = await serve((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(200, audio).end('OggS');
  });
  const url = await serve((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(302, { location: elsewhere }).end();
  });
  await fetchRecording({ url, headers: { authorization: 'Bearer t' } }, ignore);
  expect(seen).toEqual(['Bearer t', undefined]);
});

test('stops reading an endless answer', async () => {
  let closed: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (closed = resolve));
  const url = await serve((_, response) => {
    response.writeHead(200, audio);
    const more = (): void => {
      while (response.writable && response.write(Buffer.alloc(65_536)));
    };
    response.on('drain', more);
    response.on('close', closed);
    more();
  });
  await expect(fetchRecording({ url }, ignore, { maxBytes: 1_000_000 })).rejects.toThrow(
    'too large',
  );
  await gone;
});

test('explains a failure without the address', async () => {
  const page = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
  });
  const broken = await serve((_, response) => {
    response.writeHead(200, { ...audio, 'content-length': '100' });
    response.write('OggS', () => response.destroy());
  });
  for (const url of [page, broken, 'http://127.0.0.1:1/']) {
    const failure = await fetchRecording({ url: `${url}?token=s3cret` }, ignore).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(FileFailure);
    expect(String(failure)).not.toMatch(/s3cret|127\.0\.0\.1/);
  }
});

test('rejects a web page as a transcript, and stops reading an endless one', async () => {
  const page = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Log in</h1>');
  });
  await expect(fetchTranscript({ url: page })).rejects.toThrow(FileFailure);
  const long = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' }).end('x'.repeat(2000));
  });
  await expect(fetchTranscript({ url: long }, { maxBytes: 1000 })).rejects.toThrow('too large');
});
