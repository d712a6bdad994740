import { describe, expect, it } from 'vitest';
import { RelayWorld } from '../relay-world.ts';

const world = new RelayWorld();
const AGENTS = 20;
const CALLS = 100;

describe('claims raced by many agents', () => {
  it(`have one winner each: ${AGENTS} agents, ${CALLS} calls`, async () => {
    const ids = Array.from({ length: AGENTS }, (_, index) => `agent-${index}`);
    const consoles = await Promise.all(ids.map((id) => world.join(id)));
    const calls: string[] = [];
    for (let n = 0; n < CALLS; n += 1) calls.push(await world.ring(`wacid.${n}`));

    const races = await Promise.all(
      calls.map(async (callId, turn) => {
        // Another agent asks first each time.
        const first = turn % AGENTS;
        const order = [...consoles.slice(first), ...consoles.slice(0, first)];
        const outcomes = await Promise.all(order.map((console) => console.claim(callId)));
        return { callId, outcomes };
      }),
    );

    for (const { outcomes } of races) {
      expect(outcomes.filter((outcome) => outcome.kind === 'granted')).toHaveLength(1);
      expect(
        outcomes.filter(
          (outcome) => outcome.kind === 'refused' && outcome.why === 'taken' && outcome.by,
        ),
      ).toHaveLength(AGENTS - 1);
    }
    // Every console reads the same winner in the log, the one whose claim was granted.
    const logs = await Promise.all(
      consoles.map((console) =>
        console.until(() => {
          const claims = console
            .all('entry')
            .flatMap(({ body }) => (body.type === 'claimed' ? [body] : []));
          return claims.length >= CALLS ? claims : undefined;
        }),
      ),
    );
    const [reference] = logs;
    expect(new Set(reference?.map(({ callId }) => callId)).size).toBe(CALLS);
    for (const log of logs) expect(log).toEqual(reference);
    for (const { callId, outcomes } of races) {
      const by = reference?.find((claim) => claim.callId === callId)?.by;
      const refusal = outcomes.find((outcome) => outcome.kind === 'refused');
      expect(refusal).toMatchObject({ by });
    }
  });
});
