import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Sender } from '../../../../src/shared/providers/sender.ts';

const policy = { withinMs: 10_000, repeatable: true };
const list = { method: 'GET', path: '/templates', headers: {} } as const;
const MIB = 1024 * 1024;

/** A provider that answers with a stream of as many MiB, and counts what was taken of it. */
function longAnswer(mebibytes: number) {
  const taken = { mebibytes: 0, requests: 0, cancelled: false };
  const fetch = () => {
    taken.requests++;
    let sent = 0;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        if (sent === mebibytes) return controller.close();
        sent++;
        taken.mebibytes++;
        controller.enqueue(new Uint8Array(MIB).fill(32));
      },
      cancel() {
        taken.cancelled = true;
      },
    });
    return Promise.resolve(new Response(body));
  };
  return { taken, fetch };
}

const senderWith = (fetch: () => Promise<Response>) =>
  new Sender({
    provider: 'meta',
    base: 'https://graph.example',
    key: 'secret',
    errorOf: () => ({ code: 'refused', message: '', transient: false }),
    fetch,
    log: { warn: () => undefined },
  });

describe('a provider that answers with far more than its API ever does', () => {
  it('is an error with a reason, asked once, and not read to its end', async () => {
    const { taken, fetch } = longAnswer(1_000);
    const answer = await senderWith(fetch).query(policy, list, z.unknown());
    expect(answer).toMatchObject({ ok: false, error: { code: 'too-large', transient: false } });
    expect(taken).toMatchObject({ requests: 1, cancelled: true });
    expect(taken.mebibytes).toBeLessThan(20);
  });

  it('may send a long list of templates', async () => {
    const { fetch } = longAnswer(5);
    const answer = await senderWith(fetch).query(policy, list, z.null());
    expect(answer).toEqual({ ok: true, value: null });
  });
});

it('reads an answer with a byte order mark, and letters that are cut between two packets', async () => {
  const bytes = Buffer.from('\uFEFF{"name":"José"}');
  // Between the two bytes of the é.
  const cut = bytes.indexOf('é') + 1;
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes.subarray(0, cut)));
      controller.enqueue(new Uint8Array(bytes.subarray(cut)));
      controller.close();
    },
  });
  const answer = await senderWith(() => Promise.resolve(new Response(body))).query(
    policy,
    list,
    z.object({ name: z.string() }),
  );
  expect(answer).toEqual({ ok: true, value: { name: 'José' } });
});
