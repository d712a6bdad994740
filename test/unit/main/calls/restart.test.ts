import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ACCOUNT, createCallService } from '../../../helpers/call-service.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { report } from '../../../helpers/reports.ts';
import { settled } from '../../../helpers/until.ts';

const id = `${ACCOUNT}/wacid.1`;

/** Two runs of the console on the same file; the first is never closed, as if killed. */
function lives() {
  const path = join(tempFolder(), 'calls.db');
  const first = createCallService({ path });
  return { first, again: () => createCallService({ path, clock: first.clock }) };
}

test('a ringing call rings on after a restart', () => {
  const { first, again } = lives();
  first.receive(report.offer(first.clock.now()));
  const second = again();
  second.service.restore();
  expect(second.service.live()).toHaveLength(1);
  // The offer is nowhere on the disk: the relay resumes before it.
  expect(second.media).toEqual([]);
  expect(second.cursor.get()).toEqual({ epoch: 'epoch', cursor: 0 });
  second.receive(report.offer(first.clock.now()));
  expect(second.cursor.get()).toEqual({ epoch: 'epoch', cursor: 1 });
  expect(second.media).toEqual([{ do: 'answer', callId: id, offer: 'offer-sdp' }]);
  second.clock.advance(60_000);
  expect(second.log.get(id)?.phase).toMatchObject({ reason: { kind: 'rang-out' } });
});

test('a call that rang out during a restart is missed', () => {
  const { first, again } = lives();
  first.receive(report.offer(first.clock.now()));
  const second = again();
  second.clock.jump(61_000);
  second.service.restore();
  expect(second.service.live()).toEqual([]);
  expect(second.log.unseenMissed()).toBe(1);
});

test('a conversation is interrupted by a restart and ended at the provider', async () => {
  const { first, again } = lives();
  first.receive(report.offer(first.clock.now()));
  first.service.handleMediaReport(id, { kind: 'answer-ready', sdp: 'our-sdp' });
  first.service.accept(id);
  await settled();
  const second = again();
  second.service.restore();
  await settled();
  expect(second.provider.asked).toEqual(['terminate wacid.1']);
  expect(second.history.get(id)).toMatchObject({ outcome: 'interrupted' });
  second.service.restore();
  expect(
    second.history.get(id)?.timeline.filter((entry) => entry.kind === 'restarted'),
  ).toHaveLength(1);
});

test('the log continues where it was stored', () => {
  const { first, again } = lives();
  first.receive(report.offer(first.clock.now()));
  first.receive(report.terminated(first.clock.now()));
  expect(again().cursor.get()).toEqual({ epoch: 'epoch', cursor: 2 });
});
