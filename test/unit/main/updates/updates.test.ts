import { describe, expect, it } from 'vitest';
import type { UpdateChannel } from '../../../../src/shared/ipc/updates.ts';
import { UpdateProblem } from '../../../../src/main/updates/problem.ts';
import {
  type UpdatePolicy,
  Updates,
  type UpdateSource,
} from '../../../../src/main/updates/updates.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { FakeLog } from '../../../fakes/log.ts';

const HOUR = 3_600_000;
const free = { calls: [], presence: { state: 'available', dnd: false } };
const onCall = { calls: [{ phase: { name: 'connected' } }], presence: free.presence };
const ringing = { calls: [{ phase: { name: 'ringing' } }], presence: free.presence };
const wrappingUp = { calls: [], presence: { state: 'wrap-up', dnd: false } };
const away = { calls: [], presence: { state: 'away', dnd: false } };

function world(policy: UpdatePolicy = {}, failed?: string) {
  const clock = new FakeClock();
  const done: string[] = [];
  let newest: string | undefined = '1.1.0';
  let problem: Error | undefined;
  const source: UpdateSource = {
    async check(channel) {
      done.push(`check ${channel}`);
      if (problem) throw problem;
      return newest === undefined ? undefined : { version: newest, notes: 'News' };
    },
    async download() {
      done.push('download');
    },
    async install() {
      done.push('install');
      if (problem) throw problem;
    },
    leave: (restart) => void done.push(restart ? 'restart' : 'leave'),
  };
  let channel: UpdateChannel = 'stable';
  const updates = new Updates({
    source,
    policy,
    choices: {
      get channel() {
        return channel;
      },
      setChannel: (chosen) => {
        channel = chosen;
      },
      failed,
      news: failed,
      seen: () => undefined,
    },
    confirm: () => undefined,
    clock,
    log: new FakeLog(),
    changed: () => undefined,
  });
  // What the updates look at of a snapshot.
  const show = (part: object) => updates.handleSnapshot(Object.assign(Object.create(null), part));
  return {
    clock,
    done,
    updates,
    show,
    offer: (version: string | undefined) => {
      newest = version;
    },
    fail: (error: Error | undefined) => {
      problem = error;
    },
    installed: async () => {
      await expect.poll(() => done.at(-1)).toBe('restart');
    },
  };
}

describe('an update', () => {
  it('is looked for after the start and every few hours, and fetched', async () => {
    const { clock, done, updates } = world();
    updates.start();
    expect(done).toEqual([]);
    clock.advance(10_000);
    await expect
      .poll(() => updates.view.now)
      .toMatchObject({ state: 'ready', version: '1.1.0', plan: 'ask' });
    clock.advance(4 * HOUR);
    expect(done).toEqual(['check stable', 'download', 'check stable']);
  });

  it.each([
    ['a call', onCall],
    ['a ring', ringing],
    ['a wrap-up', wrappingUp],
  ])('is never installed in %s', async (_, busy) => {
    const { done, updates, show, installed } = world();
    await updates.look();
    show(busy);
    updates.plan('now');
    expect(updates.view.now).toMatchObject({ state: 'ready', isBusy: true });
    expect(done).not.toContain('install');
    show(free);
    await installed();
  });

  it('restarts only when a call that came in meanwhile is over', async () => {
    const { clock, done, updates, show } = world();
    await updates.look();
    updates.plan('now');
    show(ringing);
    await expect.poll(() => clock.pending).toBeGreaterThan(1);
    clock.advance(1_000);
    expect(done.at(-1)).toBe('install');
    show(free);
    await expect
      .poll(() => {
        clock.advance(1_000);
        return done.at(-1);
      })
      .toBe('restart');
  });

  it('is put off by some hours, and then asked about again', async () => {
    const { clock, done, updates } = world();
    await updates.look();
    updates.plan('later');
    clock.advance(4 * HOUR - 1);
    expect(updates.view.now).toMatchObject({ plan: 'later' });
    clock.advance(1);
    expect(updates.view.now).toMatchObject({ plan: 'ask' });
    expect(done).not.toContain('install');
  });

  it('is installed at the end of the shift: when the agent is away', async () => {
    const { done, updates, show, installed } = world();
    await updates.look();
    updates.plan('shift-end');
    show(onCall);
    show(free);
    expect(done).not.toContain('install');
    show(away);
    await installed();
  });

  it('is installed at the end of the shift: when the agent quits', async () => {
    const { done, updates } = world();
    await updates.look();
    await updates.handleQuit();
    expect(done).not.toContain('install');
    updates.plan('shift-end');
    await updates.handleQuit();
    expect(done.slice(-2)).toEqual(['install', 'leave']);
  });

  it('is forced by the organisation from a time on, but in no call', async () => {
    const { clock, done, updates, show, installed } = world({ forceAt: '18:30' });
    clock.jump(new Date(2026, 10, 30, 17, 0).getTime() - clock.now());
    await updates.look();
    expect(updates.view.now).toMatchObject({ isForced: false, forceAt: '18:30' });
    updates.plan('later');
    show(onCall);
    clock.advance(1.5 * HOUR);
    expect(updates.view.now).toMatchObject({ isForced: true, isBusy: true });
    expect(done).not.toContain('install');
    show(free);
    await installed();
  });

  it('says what failed, and looks again', async () => {
    const { clock, done, updates, fail } = world();
    fail(new UpdateProblem('not-ours', 'not signed'));
    await updates.look();
    expect(updates.view.now).toMatchObject({ state: 'failed', why: 'not-ours' });
    fail(undefined);
    clock.advance(HOUR);
    await expect.poll(() => updates.view.now).toMatchObject({ state: 'ready' });
    expect(done).toContain('download');
  });

  it('stays installed as it was when the installer was not allowed', async () => {
    const { done, updates, fail } = world();
    await updates.look();
    fail(new UpdateProblem('not-allowed', 'the password was not given'));
    updates.plan('now');
    await expect
      .poll(() => updates.view.now)
      .toMatchObject({ state: 'failed', why: 'not-allowed' });
    expect(done).not.toContain('restart');
  });

  it('can be installed after all when the installer was not allowed', async () => {
    const { done, updates, fail, installed } = world();
    await updates.look();
    fail(new UpdateProblem('not-allowed', 'the password was not given'));
    updates.plan('now');
    await expect.poll(() => updates.view.now).toMatchObject({ state: 'failed' });
    fail(undefined);
    await updates.look();
    expect(updates.view.now).toMatchObject({ state: 'ready', version: '1.1.0', plan: 'ask' });
    expect(done.filter((one) => one === 'download')).toHaveLength(1);
    updates.plan('now');
    await installed();
  });

  it('is not offered again after it did not start here', async () => {
    const { done, updates, offer } = world({}, '1.1.0');
    await updates.look();
    expect(updates.view).toMatchObject({ wentBackFrom: '1.1.0', now: { state: 'current' } });
    offer('1.1.1');
    await updates.look();
    expect(updates.view.now).toMatchObject({ state: 'ready', version: '1.1.1' });
    expect(done.filter((one) => one === 'download')).toHaveLength(1);
  });

  it('comes from the channel that the agent chose, unless the organisation did', async () => {
    const { done, updates } = world();
    updates.setChannel('beta');
    await expect.poll(() => done).toContain('check beta');
    const theirs = world({ channel: 'stable' });
    expect(() => theirs.updates.setChannel('beta')).toThrow('organisation');
    expect(theirs.updates.view).toMatchObject({ channel: 'stable', isChannelLocked: true });
  });

  it('is not looked for where the organisation turned updates off', async () => {
    const { clock, done, updates } = world({ enabled: false });
    updates.start();
    clock.advance(10_000);
    await updates.look();
    expect(done).toEqual([]);
    expect(updates.view.now).toEqual({ state: 'none', why: 'organisation' });
  });
});
