import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { Invitations } from '../../../../src/main/provisioning/invitations.ts';
import { freePort } from '../../../helpers/free-port.ts';

/** Whoever makes a link chooses the server that is asked. */

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

const redeem = (relay: string) =>
  new Invitations({ fetch: globalThis.fetch, changed: () => undefined }).redeem(
    'K7QF-3MRA-9TWX',
    relay,
  );

test('an answer without an end is not waited for', async () => {
  let closed: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (closed = resolve));
  const relay = await serve((_, response) => {
    const more = (): void => {
      while (response.writable && response.write(' '.repeat(100_000)));
    };
    response.on('drain', more).on('close', closed);
    more();
  });
  await expect(redeem(relay)).rejects.toThrow('no answer from');
  await gone;
});

test('a relay that does not run is said in words for an admin, not for a programmer', async () => {
  const failed = redeem(`ws://127.0.0.1:${await freePort()}`);
  await expect(failed).rejects.toThrow(
    /^There is no answer from .* \(The relay cannot be reached\./,
  );
  await expect(failed).rejects.not.toThrow(/Error|\bat /);
});

test('what a stranger’s server says is one short line', async () => {
  const message = `Pay here:\n\u202e${'x'.repeat(100_000)}`;
  const relay = await serve((_, response) => {
    response.writeHead(409).end(JSON.stringify({ error: { code: 'constructor', message } }));
  });
  const failure = await redeem(relay).catch((error: unknown) => error);
  const said = failure instanceof Error ? failure.message : '';
  expect(said).toMatch(/^Pay here: x+…$/);
  expect(said.length).toBeLessThan(600);
});
