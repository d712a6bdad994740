import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Permission } from '../../../../src/shared/rules/facts.ts';
import type { ContactEvent } from '../../../../src/shared/rules/facts.ts';
import {
  mayCall,
  mayRequestPermission,
  maySendFreeForm,
} from '../../../../src/shared/rules/verdicts.ts';
import { DAY, facts, HOUR, MINUTE, START } from './rule-facts.ts';

/**
 * WhatsApp as its pages describe it, written independently of the rules: it remembers actions and
 * objects to what it would refuse. `quiet` providers report no limits.
 */
class WhatsApp {
  readonly objections: string[] = [];
  private requests: number[] = [];
  private connected: number[] = [];
  private openUntil = -Infinity;
  private grant: 'none' | 'permanent' | number = 'none';
  private declinedAt = -Infinity;
  private unanswered = 0;

  private readonly quiet: boolean;

  constructor(quiet: boolean) {
    this.quiet = quiet;
  }

  private within = (times: readonly number[], now: number, ms: number) =>
    times.filter((at) => now - at < ms);

  private granted(now: number): boolean {
    return this.grant === 'permanent' || (typeof this.grant === 'number' && now < this.grant);
  }

  private mayRequest(now: number): boolean {
    return (
      this.within(this.requests, now, DAY).length < 1 &&
      this.within(this.requests, now, 7 * DAY).length < 2 &&
      now - this.declinedAt >= DAY &&
      this.grant !== 'permanent'
    );
  }

  private mayStart(now: number): boolean {
    return this.granted(now) && this.within(this.connected, now, DAY).length < 3;
  }

  private object(what: string, refused: boolean) {
    if (refused) this.objections.push(what);
  }

  message(now: number) {
    this.openUntil = now + DAY;
  }

  freeForm(now: number) {
    this.object('free-form message outside the window', now >= this.openUntil);
  }

  request(now: number) {
    this.object('request outside the window', now >= this.openUntil);
    this.object('one request too many', !this.mayRequest(now));
    this.requests.push(now);
  }

  reply(now: number, reply: 'permanent' | 'temporary' | 'declined') {
    if (reply === 'declined') {
      this.grant = 'none';
      this.declinedAt = now;
    } else this.grant = reply === 'permanent' ? 'permanent' : now + 168 * HOUR;
    this.unanswered = 0;
  }

  talk(now: number) {
    this.requests = [];
    this.openUntil = now + DAY;
  }

  /** Whether this revoked the permission. */
  call(now: number, taken: boolean): boolean {
    this.object('call without permission', !this.granted(now));
    this.object('one call too many', this.granted(now) && !this.mayStart(now));
    if (taken) {
      this.connected.push(now);
      this.unanswered = 0;
      this.talk(now);
      return false;
    }
    this.unanswered += 1;
    if (this.unanswered < 4) return false;
    this.grant = 'none';
    this.unanswered = 0;
    return true;
  }

  answer(now: number): Permission {
    const day = this.within(this.requests, now, DAY);
    const week = this.within(this.requests, now, 7 * DAY);
    const calls = this.within(this.connected, now, DAY);
    const limit = (period: string, max: number, times: readonly number[], ms: number) => {
      const oldest = times[times.length - max];
      return { period, max, used: times.length, freeAt: oldest && oldest + ms };
    };
    return {
      status: this.grant === 'permanent' ? 'permanent' : this.granted(now) ? 'temporary' : 'none',
      expiresAt: typeof this.grant === 'number' ? this.grant : undefined,
      request: {
        allowed: this.mayRequest(now),
        limits: this.quiet ? [] : [limit('PT24H', 1, day, DAY), limit('P7D', 2, week, 7 * DAY)],
      },
      // Our constant is 100; the rules can only learn this one from the provider.
      call: { allowed: this.mayStart(now), limits: [limit('PT24H', 3, calls, DAY)] },
      checkedAt: now,
    };
  }
}

type Act =
  | { do: 'message' | 'customer-call' | 'request' | 'free-form' | 'check' }
  | { do: 'call'; taken: boolean }
  | { do: 'reply'; reply: 'permanent' | 'temporary' | 'declined' };

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.constantFrom<Act>(
    { do: 'message' },
    { do: 'message' },
    { do: 'customer-call' },
    { do: 'request' },
    { do: 'free-form' },
    { do: 'check' },
  ),
  fc.constantFrom(true, false, false, false).map((taken) => ({ do: 'call', taken }) as const),
  fc
    .constantFrom('permanent', 'temporary', 'declined')
    .map((reply) => ({ do: 'reply', reply }) as const),
);

/** Steps agents tend to choose, including the moments when a limit frees. */
const anyPause = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(1, MINUTE, HOUR) },
  { weight: 2, arbitrary: fc.constantFrom(6 * HOUR, DAY - HOUR / 2, DAY - 1, DAY, 7 * DAY) },
);

describe('an agent who obeys the verdicts', () => {
  it('never does what WhatsApp would refuse', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(fc.tuple(anyPause, anyAct), { minLength: 20, maxLength: 80, size: 'max' }),
        fc.boolean(),
        (quiet, shift, granted) => {
          const whatsApp = new WhatsApp(quiet);
          if (granted) whatsApp.reply(START, 'permanent');
          const history: ContactEvent[] = [];
          let now = START;
          let permission: Permission = whatsApp.answer(now);
          let asked = false;
          for (const [pause, act] of shift) {
            now += pause;
            const known = facts({ permission, history: [...history] });
            switch (act.do) {
              case 'message':
                whatsApp.message(now);
                history.push({ kind: 'customer-message', at: now });
                break;
              case 'customer-call':
                whatsApp.talk(now);
                history.push({ kind: 'customer-call', at: now, connectedAt: now });
                break;
              case 'free-form':
                if (maySendFreeForm(known, now).allowed) whatsApp.freeForm(now);
                break;
              case 'request':
                if (!mayRequestPermission(known, now).allowed) break;
                whatsApp.request(now);
                history.push({ kind: 'permission-request', at: now });
                asked = true;
                break;
              case 'reply':
                // A customer can answer a request only once.
                if (!asked) break;
                asked = false;
                whatsApp.reply(now, act.reply);
                history.push(
                  act.reply === 'declined'
                    ? { kind: 'permission-declined', at: now }
                    : {
                        kind: 'permission-granted',
                        at: now,
                        expiresAt: act.reply === 'temporary' ? now + 168 * HOUR : undefined,
                      },
                );
                break;
              case 'call':
                if (!mayCall(known, now).allowed) break;
                // The webhook about the revocation is lost, so the rules must count themselves.
                whatsApp.call(now, act.taken);
                history.push(
                  act.taken
                    ? { kind: 'business-call', at: now, outcome: 'connected', connectedAt: now }
                    : { kind: 'business-call', at: now, outcome: 'unanswered' },
                );
                break;
              case 'check':
                permission = whatsApp.answer(now);
                break;
            }
          }
          expect(whatsApp.objections).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
