// Every history is looked at in the same way, so the expectations stand in a function.
/* oxlint-disable vitest/expect-expect */
import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { CallProviderEvent } from '../../../../src/shared/providers/events.ts';
import { ACCOUNT, createCallService } from '../../../helpers/call-service.ts';
import { told } from '../../../helpers/told.ts';
import { settled } from '../../../helpers/until.ts';

vi.setConfig({ testTimeout: 120_000 });

const id = 'out/uuid-1';
type CallServiceFixture = ReturnType<typeof createCallService>;

/** A console whose request to call somebody is still unanswered. */
async function dialling(to: string): Promise<CallServiceFixture> {
  const desk = createCallService();
  desk.provider.manual = true;
  desk.service.dial({ accountId: ACCOUNT, to });
  desk.service.fromMedia(id, { kind: 'offer-ready', sdp: `offer to ${to}` });
  await settled();
  return desk;
}

function name(desk: CallServiceFixture, providerCallId: string): void {
  desk.provider.nextId = providerCallId;
  desk.provider.answer('place');
}

const applied = (desk: CallServiceFixture) =>
  desk.media.flatMap((command) => (command.do === 'apply-answer' ? [command.sdp] : []));

/** One thing that happens to one of the two calls; `http` is the answer to the request itself. */
type Word = 'http' | 'answer' | 'ringing' | 'verdict' | 'end';
const words: readonly Word[] = ['http', 'answer', 'ringing', 'verdict', 'end'];

interface Plan {
  verdict: 'accepted' | 'rejected';
  /** The answer is delivered twice. */
  twice: boolean;
}

function eventOf(word: Exclude<Word, 'http'>, { verdict }: Plan, who: string, at: number) {
  const events: Record<typeof word, CallProviderEvent> = {
    answer: told.answer(at, `answer of ${who}`),
    ringing: told.status(at, 'ringing'),
    verdict: told.status(at, verdict),
    end:
      verdict === 'accepted'
        ? told.talked(at, 3, { direction: 'outbound' })
        : told.terminated(at, { direction: 'outbound' }),
  };
  return events[word];
}

/** The order in which a console can use what it is told: all of it after the answer to its own request. */
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
    const desk = await dialling('16315553602');
    desk.say(told.answer(desk.clock.now()), 'wacid.a');
    expect(desk.did()).toEqual(['offer']);
    name(desk, 'wacid.a');
    await settled();
    expect(desk.did()).toEqual(['offer', 'apply-answer', 'live']);
    desk.say(told.status(desk.clock.now(), 'accepted'), 'wacid.a');
    expect(desk.log.get(id)?.phase.name).toBe('connected');
  });

  test('W5 F12 two consoles dial in every order: each hears its own customer, and no call is invented', async () => {
    await fc.assert(
      fc.asyncProperty(order, fc.tuple(plan, plan), async (steps, plans) => {
        const desks = [await dialling('16315550001'), await dialling('16315550002')] as const;
        for (const { call, word } of steps) {
          const own = desks[call === 0 ? 0 : 1];
          const of = plans[call === 0 ? 0 : 1];
          own.clock.advance(100);
          if (word === 'http') name(own, `wacid.${call}`);
          else {
            const event = eventOf(word, of, `${call}`, own.clock.now());
            const times = word === 'answer' && of.twice ? 2 : 1;
            // The relay tells every console of the number.
            for (let time = 0; time < times; time++) {
              for (const desk of desks) desk.say(event, `wacid.${call}`);
            }
          }
          await settled();
        }
        desks.forEach((desk, call) => {
          const heard = effective(steps.flatMap((step) => (step.call === call ? [step.word] : [])));
          const over = Math.min(
            heard.indexOf('end'),
            plans[call]?.verdict === 'rejected' ? heard.indexOf('verdict') : 99,
          );
          expect(applied(desk)).toEqual(
            heard.indexOf('answer') < over ? [`answer of ${call}`] : [],
          );
          const rows = desk.history.list({}, undefined, 10).rows;
          expect(rows.map((row) => row.id)).toEqual([id]);
          expect(desk.log.get(id)?.phase.name).toBe('ended');
          expect(desk.log.get(id)?.providerCallId).toBe(`wacid.${call}`);
          expect(desk.log.get(id)?.billed !== undefined).toBe(plans[call]?.verdict === 'accepted');
        });
      }),
      { numRuns: 300, seed: 20_261_128 },
    );
  });

  test('W5 two dials, the first cancelled before it was named: its late id ends it, and the second connects', async () => {
    const desk = await dialling('16315550001');
    desk.service.hangUp(id);
    desk.service.dial({ accountId: ACCOUNT, to: '16315550002' });
    desk.service.fromMedia('out/uuid-2', { kind: 'offer-ready', sdp: 'second' });
    desk.say(told.answer(desk.clock.now(), 'answer of 1'), 'wacid.1');
    desk.say(told.answer(desk.clock.now(), 'answer of 2'), 'wacid.2');
    await settled();
    name(desk, 'wacid.1');
    await settled();
    expect(desk.provider.asked).toContain('terminate wacid.1');
    desk.provider.answer('place');
    desk.provider.nextId = 'wacid.2';
    await settled();
    expect(applied(desk)).toEqual(['answer of 2']);
  });

  test('W5 applies reports under the provider’s second id, too', async () => {
    const desk = await dialling('16315550001');
    desk.tell({
      type: 'provider',
      accountId: ACCOUNT,
      providerCallId: 'wacid.x',
      secondaryId: 'call_x',
      event: told.answer(desk.clock.now()),
    });
    name(desk, 'call_x');
    await settled();
    expect(applied(desk)).toEqual(['answer-sdp']);
  });

  test('W5 an end without a direction is not a customer’s missed call', async () => {
    const desk = await dialling('16315550001');
    desk.say(told.status(desk.clock.now(), 'ringing'), 'wacid.a');
    desk.say(told.terminated(desk.clock.now()), 'wacid.a');
    name(desk, 'wacid.a');
    await settled();
    expect(desk.history.list({}, undefined, 10).rows).toMatchObject([
      { id, outcome: 'unanswered' },
    ]);
  });

  test('W5 limits the kept reports in number and age', async () => {
    const desk = await dialling('16315550001');
    desk.say(told.answer(desk.clock.now(), 'too old'), 'wacid.a');
    for (let other = 0; other < 1_000; other++) {
      desk.say(told.status(desk.clock.now(), 'ringing'), `wacid.other-${other}`);
    }
    name(desk, 'wacid.a');
    await settled();
    expect(applied(desk)).toEqual([]);
    desk.say(told.answer(desk.clock.now()), 'wacid.a');
    expect(applied(desk)).toEqual(['answer-sdp']);
  });
});
