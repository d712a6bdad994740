import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeRecording } from '../../../helpers/relay-recording.ts';
import { Cluster } from '../cluster-world.ts';
import { ACCOUNT } from '../harness.ts';

const SECRET = '7e'.repeat(32);
const NUMBER = '5511987654321';

it('an erasure reaches the recordings in the folder of every node, late where one is away', async () => {
  const cluster = await Cluster.open(3, { more: { recording: { key: SECRET } } });
  onTestFinished(() => cluster.close());
  const folder = (index: number) => path.join(cluster.dataOf(index), 'recordings');
  for (const index of [0, 1, 2]) {
    for (const [id, number] of [
      ['theirs', NUMBER],
      ['stays', '5511900000000'],
    ] as const) {
      const facts = { callId: `${ACCOUNT}/${id}`, accountId: ACCOUNT, customer: [number] };
      await writeRecording(folder(index), { secret: SECRET, id, by: 'relay', ...facts });
    }
  }
  await cluster.token('adam', { role: 'admin' });
  const adam = await cluster.join('adam', 0);
  await cluster.node(2).stop();
  const request = { do: 'erase' as const, keys: [NUMBER] };
  const outcome = await adam.ask({ type: 'admin', request });
  if (outcome.kind !== 'erased') throw new Error(JSON.stringify(outcome));
  expect(outcome.rows).toMatchObject({ recordings: 2, held: 0 });
  expect(outcome.rows.silent).toHaveLength(1);
  for (const index of [0, 1]) expect(readdirSync(folder(index))).toEqual(['stays.rdrec']);
  expect(readdirSync(folder(2))).toHaveLength(2);

  const back = await cluster.start(2);
  await back.logged(({ event }) => event === 'recordings.erased');
  expect(readdirSync(folder(2))).toEqual(['stays.rdrec']);
}, 30_000);
