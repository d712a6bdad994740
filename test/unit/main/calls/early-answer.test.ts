// Every history is checked in the same way, so the expectations are in a function.
/* oxlint-disable vitest/expect-expect */
import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { CallProviderEvent } from '../../../../src/shared/providers/events.ts';
import { ACCOUNT, createCallService, openStorage } from '../../../helpers/call-service.ts';
import { report } from '../../../helpers/reports.ts';
import { settled } from '../../../helpers/until.ts';

vi.setConfig({ testTimeout: 120_000 });

const id = 'out/uuid-1';
type CallServiceFixture = ReturnType<typeof createCallService>;

/** A console whose request to place a call is still unanswered. */
async function dialling(to: string, storage = openStorage()): Promise<CallServiceFixture> {
  const fixture = createCallService({ storage });
  fixture.provider.manual = true;
  fixture.service.dial({ accountId: ACCOUNT, to });
  fixture.service.handleMediaReport(id, { kind: 'offer-ready', sdp: `offer to ${to}` });
  await settled();
  return fixture;
}

function name(fixture: CallServiceFixture, providerCallId: string): void {
  fixture.provider.nextId = providerCallId;
  fixture.provider.answer('place');
}

const applied = (fixture: CallServiceFixture) =>
  fixture.media.flatMap((command) => (command.do === 'apply-answer' ? [command.sdp] : []));

/** One event of one of the two calls; `http` is the response to the request itself. */
type Word = 'http' | 'answer' | 'ringing' | 'verdict' | 'end';
const words: readonly Word[] = ['http', 'answer', 'ringing', 'verdict', 'end'];

interface Plan {
  verdict: 'accepted' | 'rejected';
  /** The answer is delivered twice. */
  twice: boolean;
}

function eventOf(word: Exclude<Word, 'http'>, { verdict }: Plan, who: string, at: number) {
  const events: Record<typeof word, CallProviderEvent> = {
    answer: report.answer(at, `answer of ${who}`),
    ringing: report.status(at, 'ringing'),
    verdict: report.status(at, verdict),
    end:
      verdict === 'accepted'
        ? report.talked(at, 3, { direction: 'outbound' })
        : report.terminated(at, { direction: 'outbound' }),
  };
  return events[word];
}

/** The order in which a console can use its events: all after the response to its own request. */
function effective(steps: readonly Word[]): readonly Word[] {
  const named = steps.indexOf('http');
  return ['http', ...steps.slice(0, named), ...steps.slice(named + 1)];
}

const plan: fc.Arbitrary<Plan> = fc.record({
  verdict: fc.constantFrom('accepted', 'rejected'),
  twice: fc.boolean(),
});
const order = fc.shuffledSubarray(
  [0, 1].flatMap((call) => words.map((word) => ({ call, word }))),
  { minLength: 10 },
);

describe('reports of a call whose id is not known yet', () => {
  test('W5 F12 keeps an answer that arrives before the response to its request, then applies it', async () => {
    const fixture = await dialling('16315553602');
    fixture.receive(report.answer(fixture.clock.now()), 'wacid.a');
    expect(fixture.did()).toEqual(['offer']);
    name(fixture, 'wacid.a');
    await settled();
    expect(fixture.did()).toEqual(['offer', 'apply-answer', 'live']);
    fixture.receive(report.status(fixture.clock.now(), 'accepted'), 'wacid.a');
    expect(fixture.log.get(id)?.phase.name).toBe('connected');
  });

  test('W5 F12 two consoles dial in every order: each hears its own customer, and no call is invented', async () => {
    // Migrated once, and emptied for each order.
    const [one, two] = [openStorage(), openStorage()];
    await fc.assert(
      fc.asyncProperty(order, fc.tuple(plan, plan), async (steps, plans) => {
        for (const file of [one, two])
          file.read(({ db }) => db.exec('DELETE FROM call'), undefined);
        const desks = [
          await dialling('16315550001', one),
          await dialling('16315550002', two),
        ] as const;
        for (const { call, word } of steps) {
          const own = desks[call === 0 ? 0 : 1];
          const of = plans[call === 0 ? 0 : 1];
          own.clock.advance(100);
          if (word === 'http') name(own, `wacid.${call}`);
          else {
            const event = eventOf(word, of, `${call}`, own.clock.now());
            const times = word === 'answer' && of.twice ? 2 : 1;
            // The relay sends them to every console of the number.
            for (let time = 0; time < times; time++) {
              for (const fixture of desks) fixture.receive(event, `wacid.${call}`);
            }
          }
          await settled();
        }
        desks.forEach((fixture, call) => {
          const heard = effective(steps.flatMap((step) => (step.call === call ? [step.word] : [])));
          const over = Math.min(
            heard.indexOf('end'),
            plans[call]?.verdict === 'rejected' ? heard.indexOf('verdict') : 99,
          );
          expect(applied(fixture)).toEqual(
            heard.indexOf('answer') < over ? [`answer of ${call}`] : [],
          );
          const rows = fixture.history.list({}, undefined, 10).rows;
          expect(rows.map((row) => row.id)).toEqual([id]);
          expect(fixture.log.get(id)?.phase.name).toBe('ended');
          expect(fixture.log.get(id)?.providerCallId).toBe(`wacid.${call}`);
          expect(fixture.log.get(id)?.billed !== undefined).toBe(
            plans[call]?.verdict === 'accepted',
          );
        });
      }),
      { numRuns: 300, seed: 20_261_128 },
    );
  });

  test('W5 two dials, the first cancelled before it was named: its late id ends it, and the second connects', async () => {
    const fixture = await dialling('16315550001');
    fixture.service.hangUp(id);
    fixture.service.dial({ accountId: ACCOUNT, to: '16315550002' });
    fixture.service.handleMediaReport('out/uuid-2', { kind: 'offer-ready', sdp: 'second' });
    fixture.receive(report.answer(fixture.clock.now(), 'answer of 1'), 'wacid.1');
    fixture.receive(report.answer(fixture.clock.now(), 'answer of 2'), 'wacid.2');
    await settled();
    name(fixture, 'wacid.1');
    await settled();
    expect(fixture.provider.asked).toContain('terminate wacid.1');
    fixture.provider.answer('place');
    fixture.provider.nextId = 'wacid.2';
    await settled();
    expect(applied(fixture)).toEqual(['answer of 2']);
  });

  test('W5 applies reports under the provider’s second id, too', async () => {
    const fixture = await dialling('16315550001');
    fixture.receiveEntry({
      type: 'provider',
      accountId: ACCOUNT,
      providerCallId: 'wacid.x',
      secondaryId: 'call_x',
      event: report.answer(fixture.clock.now()),
    });
    name(fixture, 'call_x');
    await settled();
    expect(applied(fixture)).toEqual(['answer-sdp']);
  });

  test('W5 an end without a direction is not a customer’s missed call', async () => {
    const fixture = await dialling('16315550001');
    fixture.receive(report.status(fixture.clock.now(), 'ringing'), 'wacid.a');
    fixture.receive(report.terminated(fixture.clock.now()), 'wacid.a');
    name(fixture, 'wacid.a');
    await settled();
    expect(fixture.history.list({}, undefined, 10).rows).toMatchObject([
      { id, outcome: 'unanswered' },
    ]);
  });

  test('W5 limits the kept reports in number and age', async () => {
    const fixture = await dialling('16315550001');
    fixture.receive(report.answer(fixture.clock.now(), 'too old'), 'wacid.a');
    for (let other = 0; other < 1_000; other++) {
      fixture.receive(report.status(fixture.clock.now(), 'ringing'), `wacid.other-${other}`);
    }
    name(fixture, 'wacid.a');
    await settled();
    expect(applied(fixture)).toEqual([]);
    fixture.receive(report.answer(fixture.clock.now()), 'wacid.a');
    expect(applied(fixture)).toEqual(['answer-sdp']);
  });
});
