import { beforeEach, describe, expect, it } from 'vitest';
import { newlyFailed } from '../../../../src/renderer/app/call-failure-toasts.ts';
import { shownAs } from '../../../../src/main/snapshot/shown-as.ts';
import { callBlock } from '../../../../src/renderer/state/call-block.ts';
import { matching } from '../../../../src/renderer/features/palette/commands.ts';
import { loopOf, toneOf } from '../../../../src/renderer/media/sound-policy.ts';
import {
  engagedCall,
  firstRinging,
  keysFor,
  storeSnapshot,
  useSnapshotStore,
} from '../../../../src/renderer/state/snapshot-store.ts';
import { addSample, keepOnly, useLive } from '../../../../src/renderer/state/live.ts';
import type { EndReason } from '../../../../src/shared/call/phases.ts';
import type { LiveCall } from '../../../../src/shared/ipc/live-call.ts';
import { connectedCall, facts, permission, ringingCall, settings, snapshot } from '../fixtures.ts';

const free = { state: 'available', dnd: false } as const;

const ended = (kind: 'caller-gone' | 'declined-by-agent', at: number) =>
  ringingCall({ phase: { name: 'ended', at, reason: { kind } } });

describe('the mirror of main', () => {
  beforeEach(() => useSnapshotStore.setState({ snapshot: undefined }));

  it('keeps the newest snapshot, in whatever order they arrive', () => {
    storeSnapshot(snapshot({ revision: 5 }));
    storeSnapshot(snapshot({ revision: 4 }));
    expect(useSnapshotStore.getState().snapshot?.revision).toBe(5);
    storeSnapshot(snapshot({ revision: 6 }));
    expect(useSnapshotStore.getState().snapshot?.revision).toBe(6);
  });
});

describe('which card a call gets', () => {
  const now = 1_000_000;

  const shown = (call: LiveCall, ...others: LiveCall[]) => shownAs(call, [call, ...others]);

  it('V9 an ended call still shows as a ring only if somebody else ended it', () => {
    expect(shown(ended('caller-gone', now))).toBe('ring');
    expect(shown(ended('declined-by-agent', now))).toBe('gone');
    expect(shown({ ...ended('caller-gone', now), path: 'external' })).toBe('card');
    expect(shown({ ...ended('caller-gone', now), dismissed: true })).toBe('gone');
  });

  it('V9 an agent who pressed Accept and lost the race sees a call card, not a ring', () => {
    const reason = { kind: 'answered-elsewhere', by: 'Bea' } as const;
    const lost = ringingCall({ acceptPressedAt: now, phase: { name: 'ended', at: now, reason } });
    expect(lost.shownAs).toBe('card');
  });

  it('Accept answers no call that was declined', () => {
    const phase = { name: 'ringing', deadlineAt: now, ready: true } as const;
    const declined = ringingCall({ phase: { ...phase, declined: { until: now } } });
    expect(firstRinging([declined])).toBeUndefined();
    expect(loopOf([declined], free)).toBeUndefined();
    expect(loopOf([ringingCall({ phase: { ...phase, silenced: true } })], free)).toBeUndefined();
    expect(engagedCall([declined, connectedCall()])?.phase.name).toBe('connected');
  });

  it('U13 shortcuts are shown on the call they act on, if they could be registered', () => {
    const call = ringingCall();
    const keys = {
      callId: call.id,
      accept: 'taken',
      decline: 'ours',
      mute: 'none',
      selection: 'none',
    } as const;
    expect(keysFor(call, { settings, keys })).toEqual({ decline: settings.declineShortcut });
    expect(keysFor({ ...call, id: 'other' }, { settings, keys })).toEqual({});
  });
});

it('reports a failed call once, and no other end', () => {
  const over = (reason: EndReason) => connectedCall({ phase: { name: 'ended', at: 0, reason } });
  const failed = over({ kind: 'media-failed', why: 'ice-failed' });
  const before = snapshot({ calls: [connectedCall()] });
  expect(newlyFailed(snapshot({ calls: [failed] }), before)).toHaveLength(1);
  expect(newlyFailed(snapshot({ calls: [failed] }), snapshot({ calls: [failed] }))).toEqual([]);
  expect(newlyFailed(snapshot({ calls: [over({ kind: 'cancelled' })] }), before)).toEqual([]);
});

describe('the sounds an agent hears', () => {
  const dialling = connectedCall({
    direction: 'outbound',
    audioAt: undefined,
    phase: { name: 'customer-ringing' },
  });

  it('rings while the agent is free, beeps while not, and respects do not disturb', () => {
    expect(loopOf([ringingCall()], free)).toBe('ring');
    expect(loopOf([connectedCall(), ringingCall()], free)).toBe('call-waiting');
    expect(loopOf([ringingCall()], { ...free, dnd: true })).toBeUndefined();
    expect(loopOf([connectedCall()], free)).toBeUndefined();
  });

  it('plays ringback until the customer is heard', () => {
    expect(loopOf([dialling], free)).toBe('ringback');
    expect(loopOf([{ ...dialling, audioAt: 1 }], free)).toBeUndefined();
  });

  it('marks when a call came up and when it ended, but not a ring that stopped', () => {
    const over = { name: 'ended', at: 0, reason: { kind: 'customer-hung-up' } } as const;
    expect(toneOf([ringingCall()], [ringingCall({ phase: { name: 'connected' } })])).toBe(
      'connected',
    );
    expect(toneOf([connectedCall()], [connectedCall({ phase: over })])).toBe('ended');
    expect(toneOf([ringingCall()], [ended('caller-gone', 0)])).toBeUndefined();
    const elsewhere = connectedCall({ phase: { name: 'external', stage: 'talking' } });
    expect(toneOf([elsewhere], [connectedCall({ phase: over })])).toBeUndefined();
    expect(loopOf([elsewhere, ringingCall()], free)).toBe('ring');
    expect(toneOf([], [connectedCall()])).toBeUndefined();
  });
});

describe('the reason why Call is blocked', () => {
  const fine = {
    account: snapshot().accounts[0],
    connection: snapshot().connection,
    busy: false,
    problem: undefined,
    facts: facts(permission('permanent')),
    failed: false,
    now: Date.now(),
  };

  it('is absent when a call is possible', () => {
    expect(callBlock(fine)).toBeUndefined();
    // A failed lookup does not block the call.
    expect(callBlock({ ...fine, facts: undefined, failed: true })).toBeUndefined();
  });

  it('has a text for each obstacle', () => {
    expect(callBlock({ ...fine, account: undefined })).toMatch(/Settings/);
    expect(callBlock({ ...fine, busy: true })).toMatch(/on a call/);
    expect(callBlock({ ...fine, problem: 'too-short' })).toMatch(/too short/);
    expect(callBlock({ ...fine, facts: facts(permission('none')) })).toMatch(/not allowed/);
    expect(callBlock({ ...fine, facts: undefined })).toMatch(/Checking/);
    expect(callBlock({ ...fine, connection: { state: 'connecting', since: 0 } })).toMatch(
      /^Offline/,
    );
  });
});

it('finds commands by word beginnings, available ones first', () => {
  const command = (label: string, blocked?: string) =>
    ({ id: label, label, icon: 'phone', blocked, run: () => undefined }) as const;
  const all = [command('Accept Ana', 'busy'), command('Go to History'), command('Go to Calls')];
  expect(matching(all, 'go his').map(({ label }) => label)).toEqual(['Go to History']);
  expect(matching(all, '').at(-1)?.label).toBe('Accept Ana');
  expect(matching([{ ...command('Call +1'), always: true }], 'zzz')).toHaveLength(1);
});

it('keeps a minute of samples per call and forgets ended calls', () => {
  const sample = { at: 0, lossIn: 0, lossOut: 0, jitterMs: 1, rttMs: 1, mos: 4, route: 'host' };
  for (let at = 0; at < 100; at++) addSample('a', { ...sample, at, verdict: 'good' });
  expect(useLive.getState().samples['a']).toHaveLength(60);
  expect(useLive.getState().samples['a']?.at(-1)?.at).toBe(99);
  keepOnly(new Set());
  expect(useLive.getState().samples).toEqual({});
});

it('what did not change in a new snapshot stays the same object, so that it is not rendered again', () => {
  useSnapshotStore.setState({ snapshot: undefined });
  const first = snapshot();
  storeSnapshot(first);
  const before = useSnapshotStore.getState().snapshot;
  storeSnapshot({ ...structuredClone(first), revision: first.revision + 1, unseenMissed: 7 });
  const after = useSnapshotStore.getState().snapshot;
  expect(after?.unseenMissed).toBe(7);
  expect(after?.accounts).toBe(before?.accounts);
  expect(after?.settings).toBe(before?.settings);
});
