import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { defaultSettings } from '../../../../src/main/db/settings.ts';
import { SnapshotPublisher } from '../../../../src/main/workspace/snapshot-publisher.ts';
import type { AppEvent } from '../../../../src/shared/ipc/events.ts';
import type { Snapshot } from '../../../../src/shared/ipc/snapshot.ts';

it('publishes once per turn, however many parts changed', async () => {
  const publisher = new SnapshotPublisher();
  const seen: Snapshot[] = [];
  const sent: AppEvent[] = [];
  // Nothing can be read before the start.
  publisher.handleChange();
  publisher.start({
    versions: { version: '1', electron: '1' },
    language: () => 'en',
    clock: { now: () => 0 },
    notices: { list: () => [] },
    vault: { state: () => ({ state: 'ready', backend: 'x' }) },
    network: { asks: () => undefined, portal: { isThere: false } },
    invitations: { opened: undefined },
    workspaces: {
      current: undefined,
      currentKind: 'none',
      ownNumbersOf: undefined,
      isFirstStart: false,
      connection: () => ({ state: 'unconfigured' }),
      settings: () => defaultSettings,
    },
    keys: () => ({ accept: 'none', decline: 'none', mute: 'none', selection: 'none' }),
    updates: () => ({ channel: 'stable', isChannelLocked: false, now: { state: 'current' } }),
    localApi: () => undefined,
    windows: [{ send: (event) => sent.push(event) }],
  });
  publisher.subscribe((snapshot) => seen.push(snapshot));
  publisher.handleChange();
  publisher.handleChange();
  await setImmediate();
  publisher.handleChange();
  await setImmediate();
  expect(seen.map((snapshot) => snapshot.revision)).toEqual([1, 2]);
  expect(sent).toEqual(seen.map((snapshot) => ({ type: 'snapshot', snapshot })));
  publisher.close();
  publisher.handleChange();
  await setImmediate();
  expect(seen).toHaveLength(2);
});
