import { i18n, t } from '../../../../src/shared/i18n/i18n.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { reachCause } from '../../../../src/shared/ipc/reach-cause.ts';
import type { Connection } from '../../../../src/shared/protocol/connection.ts';
import { attentionFor, callerOf } from '../../../../src/main/os/attention.ts';
import { escapeMarkup } from '../../../../src/main/os/notification-linux.ts';
import type { EndReason } from '../../../../src/shared/call/phases.ts';
import type { LiveCall } from '../../../../src/shared/ipc/live-call.ts';
import { isInRingWindow } from '../../../../src/shared/ipc/ring-window.ts';
import { liveCall } from '../fixtures.ts';

type Input = Parameters<typeof attentionFor>[0];

const idle: Input = {
  app: { workspace: 'profile' },
  calls: [],
  connection: { state: 'connected', since: 0, provenAt: 0 },
  ringer: { state: 'untried' },
  presence: { state: 'available', dnd: false },
  unseenMissed: 0,
  settings: { showRingWindow: true, showNotification: true },
};

const seeing = (more: Partial<Input>) => attentionFor({ ...idle, ...more });
const connected = liveCall({
  id: 'on-call',
  createdAt: 500,
  connectedAt: 900,
  phase: { name: 'connected' },
});
const endedWith = (reason: EndReason, more: Partial<LiveCall> = {}) =>
  liveCall({ phase: { name: 'ended', at: 5000, reason }, ...more });

describe('attentionFor', () => {
  it('asks for nothing while nothing happens', () => {
    expect(seeing({})).toEqual({
      ringing: undefined,
      canAccept: false,
      undoable: undefined,
      tray: { state: 'idle', tooltip: 'Ringdesk: ready for calls' },
      ringWindow: false,
      notification: undefined,
      flash: false,
      shortcuts: false,
      mutable: undefined,
      keepAwake: false,
      badge: 0,
    });
  });

  it('asks for everything when a call rings', () => {
    const attention = seeing({ calls: [liveCall()] });
    expect(attention).toMatchObject({
      canAccept: true,
      tray: { state: 'ringing', tooltip: 'Ringdesk: Ana is calling' },
      ringWindow: true,
      flash: true,
      shortcuts: true,
      keepAwake: false,
    });
    expect(attention.notification).toEqual({
      callId: 'acc/1',
      title: 'Ana is calling',
      body: '+55 11 95550 1234 · on Support',
      actions: ['accept', 'decline'],
    });
  });

  it('writes a number from left to right in Arabic, too', async () => {
    await i18n.setLanguage('ar');
    onTestFinished(() => i18n.setLanguage('en'));
    expect(seeing({ calls: [liveCall()] }).notification?.body).toContain(
      '\u2068+55 11 95550 1234\u2069',
    );
  });

  it('names the teammate who transfers a call, and the note', () => {
    const callOffer = { callId: 'c', from: 'Bea', deadlineAt: 9000, note: 'wants a\nrefund' };
    const attention = seeing({
      calls: [liveCall({ callOffer: { ...callOffer, why: 'transfer' } })],
    });
    expect(attention.tray.tooltip).toBe('Ringdesk: Transfer from Bea: Ana · “wants a refund”');
    expect(attention.notification).toMatchObject({
      title: 'Transfer from Bea: Ana',
      body: '“wants a refund” · +55 11 95550 1234 · on Support',
    });
  });

  it('shows since when a caller waits whose agent is gone', () => {
    const createdAt = new Date(2026, 2, 1, 14, 3, 12).getTime();
    const callOffer = { callId: 'c', why: 'requeue', from: 'Bea', deadlineAt: 9000 } as const;
    const attention = seeing({ calls: [liveCall({ createdAt, callOffer })] });
    // In this computer's time format.
    const since = t('desktop.waitingSince', { at: createdAt, agent: 'Bea' });
    expect(since).toMatch(/^since .*\b0?[12]4?:03:12.* · Bea lost connection\. Pick up$/);
    expect(attention.tray.tooltip).toBe(`Ringdesk: Ana is on hold · ${since}`);
    expect(attention.notification).toMatchObject({
      title: 'Ana is on hold',
      body: `${since} · +55 11 95550 1234 · on Support`,
    });
  });

  it('acts on the call that has been ringing longest', () => {
    const later = liveCall({ id: 'later', createdAt: 2000 });
    const attention = seeing({ calls: [later, liveCall()] });
    expect(attention.ringing?.id).toBe('acc/1');
    expect(attention.notification?.body).toContain('+1 call ringing');
  });

  it('offers only to decline a second call during a call', () => {
    const attention = seeing({ calls: [connected, liveCall()] });
    expect(attention.canAccept).toBe(false);
    expect(attention.notification?.actions).toEqual(['decline']);
    expect(attention.tray.state).toBe('ringing');
    expect(attention.keepAwake).toBe(true);
  });

  it('keeps the display on for a dialled or accepted call, not for a ringing one', () => {
    expect(seeing({ calls: [liveCall({ phase: { name: 'accepting' } })] }).keepAwake).toBe(true);
    expect(seeing({ calls: [liveCall({ phase: { name: 'calling' } })] }).keepAwake).toBe(true);
    expect(seeing({ calls: [liveCall()] }).keepAwake).toBe(false);
  });

  it('is quiet in “do not disturb”, but the call can still be accepted', () => {
    const attention = seeing({ calls: [liveCall()], presence: { state: 'dnd', dnd: true } });
    expect(attention).toMatchObject({
      canAccept: true,
      tray: { state: 'dnd' },
      ringWindow: false,
      notification: undefined,
      flash: false,
    });
  });

  it('is quiet in wrap-up if the call rings at others, and leaves the tray as it is', () => {
    const presence = { state: 'wrap-up', dnd: false } as const;
    expect(seeing({ calls: [liveCall({ alsoRings: [] })], presence })).toMatchObject({
      tray: { state: 'ringing' },
      ringWindow: true,
      flash: true,
    });
    expect(seeing({ calls: [liveCall({ alsoRings: ['Bea'] })], presence })).toMatchObject({
      canAccept: true,
      tray: { state: 'idle' },
      ringWindow: false,
      notification: undefined,
      flash: false,
    });
  });

  it('leaves out what the settings turn off', () => {
    const settings = { showRingWindow: false, showNotification: false };
    const attention = seeing({ calls: [liveCall()], settings });
    expect(attention.ringWindow).toBe(false);
    expect(attention.notification).toBeUndefined();
    expect(attention.flash).toBe(true);
  });

  it('keeps the ring window open while it shows why the ring ended', () => {
    expect(seeing({ calls: [endedWith({ kind: 'caller-gone' })] }).ringWindow).toBe(true);
    const elsewhere = endedWith({ kind: 'answered-elsewhere', by: 'Bea' });
    expect(seeing({ calls: [elsewhere] }).ringWindow).toBe(true);
  });

  it.each([
    endedWith({ kind: 'declined-by-agent' }),
    endedWith({ kind: 'customer-hung-up' }, { connectedAt: 2000 }),
    endedWith({ kind: 'media-failed', why: 'x' }, { connectedAt: 2000 }),
    endedWith({ kind: 'unanswered' }, { direction: 'outbound' }),
    endedWith({ kind: 'out-of-date' }),
    endedWith({ kind: 'caller-gone' }, { path: 'external' }),
  ])('closes the ring window at once after $phase.reason.kind', (call) => {
    expect(seeing({ calls: [call] }).ringWindow).toBe(false);
  });

  it('V9 keeps the ring window closed when the agent pressed Accept and a teammate was faster', () => {
    const lost = endedWith({ kind: 'answered-elsewhere', by: 'Bea' }, { acceptPressedAt: 4000 });
    expect(seeing({ calls: [lost] }).ringWindow).toBe(false);
  });

  const rings = { name: 'ringing', deadlineAt: 61_000, ready: true } as const;
  const over = (reason: EndReason) => ({ name: 'ended', at: 5000, reason }) as const;
  const lostRace = over({ kind: 'answered-elsewhere', by: 'Bea' });

  it.each<[boolean, Partial<LiveCall>]>([
    [true, { phase: rings }],
    [true, { phase: over({ kind: 'caller-gone' }) }],
    [false, { phase: { name: 'accepting' }, acceptPressedAt: 4000 }],
    [false, { phase: lostRace, acceptPressedAt: 4000 }],
    [false, { phase: over({ kind: 'media-failed', why: 'x' }), acceptPressedAt: 4000 }],
    [false, { phase: { ...rings, silenced: true } }],
    [false, { phase: rings, dismissed: true }],
  ])('V9 opens the ring window only with a call to show: %s, %j', (isUp, more) => {
    const call = liveCall(more);
    expect(isInRingWindow(call)).toBe(isUp);
    expect(seeing({ calls: [call] }).ringWindow).toBe(isUp);
  });

  it('U1 offers to undo a decline in the ring window and the notification, silently', () => {
    const phase = { name: 'ringing', deadlineAt: 61_000, ready: true } as const;
    const declined = liveCall({ phase: { ...phase, declined: { until: 5000 } } });
    const attention = seeing({ calls: [declined] });
    expect(attention).toMatchObject({
      ringing: undefined,
      undoable: { id: declined.id },
      ringWindow: true,
      flash: false,
      shortcuts: false,
      notification: { title: 'Declined: Ana', actions: ['undo'] },
    });
    const other = liveCall({ id: 'other' });
    expect(seeing({ calls: [declined, other] })).toMatchObject({
      ringing: { id: 'other' },
      notification: { callId: 'other' },
    });
  });

  it('U12 is quiet about a silenced ring, whose keys still work', () => {
    const phase = { name: 'ringing', deadlineAt: 61_000, ready: true, silenced: true } as const;
    expect(seeing({ calls: [liveCall({ phase })] })).toMatchObject({
      ringing: { id: 'acc/1' },
      ringWindow: false,
      notification: undefined,
      flash: false,
      shortcuts: true,
    });
  });

  it('U3 shows in the tray that the demo is open instead of the agent’s numbers', () => {
    const app = { workspace: 'demo', ownNumbersOf: 'Ana Lima' } as const;
    expect(seeing({ app }).tray.tooltip).toContain('your numbers do not ring here');
    expect(seeing({ app: { workspace: 'demo' } }).tray.tooltip).not.toContain('your numbers');
  });

  const since = new Date(2026, 10, 28, 17, 33).getTime();
  it.each<Connection>([
    { state: 'refused', since, code: 'token-unknown', message: 'unknown token' },
    { state: 'reconnecting', lostAt: since, retryAt: 0, attempt: 3, why: { code: 'dropped' } },
    { state: 'offline', since },
    { state: 'connecting', since },
  ])('U4 shows in the tray that no call can come in: $state, also during a call', (connection) => {
    const cause = reachCause({ since, why: 'connection' }, connection);
    const tray = {
      state: 'offline',
      tooltip: `${t('desktop.tooltip.unreachable', { since })}. ${cause}`,
      trouble: `${t('desktop.unreachable', { since })}. ${cause}`,
    };
    expect(tray.trouble).toMatch(/^Calls have not been able to reach you since (17:33|5:33\sPM)\./);
    expect(seeing({ connection }).tray).toEqual(tray);
    expect(seeing({ connection, calls: [connected] }).tray).toEqual(tray);
  });

  it('U4 shows in the tray that this console cannot ring, and why', () => {
    const { tray } = seeing({ ringer: { state: 'dead', since, why: 'microphone' } });
    expect(tray.state).toBe('offline');
    expect(tray.trouble).toContain(t('reach.causes.microphone'));
  });

  it('U4 shows no outage in the demo', () => {
    const app = { version: '1', electron: '1', workspace: 'demo' } as const;
    const connection = { state: 'connecting', since } as const;
    expect(seeing({ app, connection }).tray.trouble).toBeUndefined();
  });

  it('counts missed calls', () => {
    const attention = seeing({ unseenMissed: 2 });
    expect(attention.badge).toBe(2);
    expect(attention.tray.tooltip).toBe('Ringdesk: ready, 2 missed calls');
  });
});

describe('callerOf', () => {
  it('takes one line of a name, because callers choose it', () => {
    const name = `Ana\n${'x'.repeat(200)}`;
    expect(callerOf(liveCall({ party: { name } }))).toHaveLength(80);
    expect(callerOf(liveCall({ party: { name } }))).not.toContain('\n');
  });

  it('falls back to the number, then to a phrase', () => {
    expect(callerOf(liveCall({ party: { waId: '12025550143', name: ' ' } }))).toBe(
      '+1 202 555 0143',
    );
    expect(callerOf(liveCall({ party: { userId: 'US.1' } }))).toBe('Unknown caller');
  });
});

it('escapes markup for the notification service', () => {
  expect(escapeMarkup('<b>Ana & Co</b>')).toBe('&lt;b&gt;Ana &amp; Co&lt;/b&gt;');
});
