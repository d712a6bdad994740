import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordingKeyOf } from '../../../src/recording/keys.ts';
import { readRecording } from '../../../src/recording/reader.ts';
import { withinGoal } from '../../helpers/held-up.ts';
import { oggTone } from '../../helpers/ogg-tone.ts';
import { OggSound } from '../../helpers/ogg-sound.ts';
import { tempFolder } from '../../helpers/temp.ts';
import { ANA_HZ, BEN_HZ, BridgeFixture, CUSTOMER_HZ } from './bridge-fixture.ts';

const secret = '5a'.repeat(32);
const OWN_HZ = 2_100;
const facts = {
  callId: 'main/1',
  accountId: 'main',
  by: 'relay',
  consent: 'announcement',
  agent: 'Ana',
} as const;

test('a recording has each side on its own track, silence in its pause, and marks of what happened', async () => {
  const call = await BridgeFixture.open();
  const customer = await call.customer();
  await call.agent('ana', ANA_HZ);
  await call.agent('ben', BEN_HZ);
  const { bridge } = call;
  bridge.openGate();
  bridge.route({ kind: 'talking', agent: 'ana' });

  bridge.record({ do: 'announce', language: 'en' });
  const { report } = await call.event('recorder', ({ report: { kind } }) => kind === 'announced');
  if (report.kind !== 'announced') throw new Error(report.kind);
  // 87 packets of 20 ms, each of which was sent.
  expect(report.to - report.from).toBeGreaterThanOrEqual(87 * 20 - 100);

  const path = join(tempFolder(), 'one.rdrec');
  bridge.record({ do: 'start', id: randomUUID(), path, facts, secret });
  const { from, to } = report;
  bridge.record({ do: 'mark', mark: { kind: 'announcement', from, to } });
  await call.event('recorder', ({ report: { kind } }) => kind === 'started');
  await customer.detector.more(50);
  bridge.record({ do: 'pause', forMs: 60_000 });
  await customer.detector.more(50);
  bridge.record({ do: 'continue' });
  await customer.detector.more(40);
  bridge.route({ kind: 'on-hold', playing: 'hold' });
  await customer.detector.more(40);
  bridge.route({ kind: 'talking', agent: 'ben' });
  bridge.record({ do: 'mark', mark: { kind: 'transfer', to: 'Ben' } });
  await customer.detector.more(50);
  const pausedAt = Date.now();
  bridge.record({ do: 'pause', forMs: 200 });
  await call.event('recorder', ({ report: { kind } }) => kind === 'continued');
  await bridge.close();

  const read = await readRecording(path, [recordingKeyOf(secret)]);
  expect(read.stop.why).toBe('complete');
  expect(read.facts).toMatchObject({ ...facts, tracks: [{ side: 'agent' }, { side: 'customer' }] });
  const at = (kind: string, n = 0) =>
    read.marks.filter((mark) => mark.kind === kind)[n]?.atMs ?? NaN;
  expect(read.marks.map(({ kind }) => kind)).toEqual([
    'announcement',
    'pause',
    'continue',
    'hold',
    'resume',
    'transfer',
    'pause',
    'continue',
    'end',
  ]);
  expect(read.marks[0]).toMatchObject({ from, to });

  const agent = new OggSound(read.tracks.get(0) ?? Buffer.alloc(0));
  const said = new OggSound(read.tracks.get(1) ?? Buffer.alloc(0));
  for (const sound of [agent, said]) expect(Math.abs(sound.ms - at('end'))).toBeLessThan(60);
  // Ana and the customer, before and after the pause.
  expect(agent.heard(200, at('pause') - 100).hz).toBeCloseTo(ANA_HZ, -1);
  expect(said.heard(200, at('pause') - 100).hz).toBeCloseTo(CUSTOMER_HZ, -1);
  const paused = [at('pause') + 150, at('continue') - 50] as const;
  expect(agent.heard(...paused).hz).toBeUndefined();
  expect(said.heard(...paused).hz).toBeUndefined();
  expect(said.heard(at('continue') + 200, at('hold') - 100).hz).toBeCloseTo(CUSTOMER_HZ, -1);
  // On hold the customer hears music, and nobody listens to them.
  expect(agent.heard(at('hold') + 200, at('resume') - 100).hz).toBeDefined();
  expect(said.heard(at('hold') + 200, at('resume') - 50).hz).toBeUndefined();
  // Then Ben.
  expect(agent.heard(at('resume') + 300, at('pause', 1) - 100).hz).toBeCloseTo(BEN_HZ, -1);
  expect(said.heard(at('resume') + 300, at('pause', 1) - 100).hz).toBeCloseTo(CUSTOMER_HZ, -1);
  expect(at('continue', 1) - at('pause', 1)).toBeLessThan(withinGoal(1_000, pausedAt));
});

test('the admin’s own announcement is played, and the report says which it was', async () => {
  const call = await BridgeFixture.open();
  const customer = await call.customer();
  await call.agent('ana', ANA_HZ);
  call.bridge.openGate();
  call.bridge.route({ kind: 'talking', agent: 'ana' });
  const file = join(tempFolder(), 'recorded.ogg');
  writeFileSync(file, oggTone(1.5, 0.3, OWN_HZ));
  call.bridge.record({ do: 'announce', language: 'en', file });
  await customer.detector.hears(OWN_HZ);
  const { report } = await call.event('recorder');
  expect(report).toMatchObject({
    kind: 'announced',
    sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
  });
});

test('without a key, or where its folder cannot be written, the call goes on and the reason is told', async () => {
  const call = await BridgeFixture.open();
  await call.customer();
  await call.agent('ana', ANA_HZ);
  call.bridge.openGate();
  call.bridge.route({ kind: 'talking', agent: 'ana' });
  const path = join(tempFolder(), 'a.rdrec');
  call.bridge.record({ do: 'start', id: 'a', path, facts, secret: undefined });
  await call.event('recorder', ({ report }) => report.kind === 'failed' && report.why === 'no-key');

  const other = await BridgeFixture.open();
  const customer = await other.customer();
  await other.agent('ana', ANA_HZ);
  other.bridge.openGate();
  other.bridge.route({ kind: 'talking', agent: 'ana' });
  other.bridge.record({ do: 'start', id: 'b', path: '/dev/null/b.rdrec', facts, secret });
  const { report } = await other.event('recorder', ({ report: { kind } }) => kind === 'failed');
  expect(report).toEqual({ kind: 'failed', why: 'disk' });
  await customer.detector.hears(ANA_HZ);
});
