import { expect, it } from 'vitest';
import { probeAddress } from '../../../../src/shared/protocol/webhook-probe.ts';

const asked = (body: BodyInit) =>
  probeAddress('https://desk.example/webhooks/meta/main', {
    epoch: 'e',
    question: '0'.repeat(32),
    hash: (text) => `proof of ${text}`,
    fetch: () => Promise.resolve(new Response(body)),
  });

it('knows its relay by the proof', async () => {
  expect(await asked(`proof of e/${'0'.repeat(32)}\n`)).toBe('relay');
  expect(await asked('<html>Welcome to nginx!</html>')).toBe('other');
});

it('does not read what goes on for ever', async () => {
  const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(new Uint8Array(1_000)),
  });
  expect(await asked(endless)).toBe('other');
});
