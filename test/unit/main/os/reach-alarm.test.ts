import { describe, expect, it } from 'vitest';
import { ReachAlarm } from '../../../../src/main/os/reach-alarm.ts';
import type { RingNotification } from '../../../../src/main/os/attention.ts';
import type { Snapshot } from '../../../../src/shared/ipc/snapshot.ts';
import type { Connection } from '../../../../src/shared/protocol/connection.ts';
import { FakeClock } from '../../../fakes/clock.ts';

type Seen = Pick<Snapshot, 'app' | 'connection' | 'ringer' | 'presence'>;

function setUp() {
  const clock = new FakeClock();
  const shown: (RingNotification | undefined)[] = [];
  let sounds = 0;
  const alarm = new ReachAlarm({
    clock,
    notifier: { set: (wanted) => shown.push(wanted) },
    sound: () => sounds++,
  });
  const see = (connection: Connection, more: Partial<Seen> = {}) =>
    alarm.handleSnapshot({
      app: { version: '1', electron: '1', language: 'en', workspace: 'profile' },
      presence: { state: 'available', dnd: false },
      ringer: { state: 'untried' },
      connection,
      ...more,
    });
  const lost = (): Connection => ({
    state: 'reconnecting',
    lostAt: since,
    retryAt: clock.now() + 1000,
    attempt: 1,
    why: { code: 'dropped' },
  });
  const since = clock.now();
  const connected: Connection = { state: 'connected', since, provenAt: since };
  return { clock, shown, sounds: () => sounds, see, lost, connected };
}

describe('the alarm that calls cannot come in', () => {
  it('U4 plays a sound and shows a notification after 15 s, once per outage', () => {
    const { clock, shown, sounds, see, lost, connected } = setUp();
    see(lost());
    clock.advance(14_000);
    see(lost());
    expect(sounds()).toBe(0);
    clock.advance(1_000);
    expect(sounds()).toBe(1);
    expect(shown[0]).toMatchObject({ kind: 'unreachable', actions: [] });
    expect(shown[0]?.title).toMatch(
      /^Calls have not been able to reach you since \d{1,2}:\d\d(\s[AP]M)?$/,
    );
    for (let i = 0; i < 30; i++) {
      see(lost());
      clock.advance(4_000);
    }
    expect(shown).toHaveLength(1);
    see(connected);
    expect(shown.at(-1)).toBeUndefined();
    expect(sounds()).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('U4 covers a refused connection', () => {
    const { clock, sounds, see } = setUp();
    see({ state: 'refused', since: clock.now(), code: 'token-unknown', message: 'Ask.' });
    clock.advance(15_000);
    expect(sounds()).toBe(1);
  });

  it('U4 ignores a short outage', () => {
    const { clock, shown, sounds, see, lost, connected } = setUp();
    see(lost());
    clock.advance(10_000);
    see(connected);
    clock.advance(60_000);
    expect([shown, sounds()]).toEqual([[], 0]);
  });

  it.each<Partial<Seen>>([
    { app: { version: '1', electron: '1', language: 'en', workspace: 'demo' } },
    { app: { version: '1', electron: '1', language: 'en', workspace: 'none' } },
    { presence: { state: 'dnd', dnd: true } },
  ])('U4 stays silent with %j', (more) => {
    const { clock, shown, sounds, see, lost } = setUp();
    see(lost(), more);
    clock.advance(60_000);
    expect([shown, sounds()]).toEqual([[], 0]);
  });
});
