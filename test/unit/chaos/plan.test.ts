import { describe, expect, it } from 'vitest';
import { faultKinds, thingOf } from '../../chaos/faults.ts';
import { makePlan } from '../../chaos/plan.ts';

const options = { seed: 7, minutes: 2, store: 'nats', relays: 3 } as const;

describe('the plan of a chaos run', () => {
  it('depends on the seed alone', () => {
    expect(makePlan(options)).toEqual(makePlan(options));
    expect(makePlan({ ...options, seed: 8 })).not.toEqual(makePlan(options));
  });

  it('has every kind of fault in a long run, and NATS faults only with NATS', () => {
    const kinds = (store: 'nats' | 'sqlite') =>
      new Set(makePlan({ ...options, minutes: 60, store }).faults.map(({ kind }) => kind));
    expect(kinds('nats')).toEqual(new Set(faultKinds));
    const forNats = [...kinds('nats')].filter((kind) => !kinds('sqlite').has(kind));
    expect(forNats.toSorted()).toEqual(['cut-store', 'kill-nats', 'pause-nats']);
  });

  it('never has two faults of the same part at once', () => {
    const busy = new Map<string, number>();
    for (const fault of makePlan({ ...options, minutes: 60 }).faults) {
      const thing = thingOf(fault);
      expect(fault.at).toBeGreaterThan(busy.get(thing) ?? -1);
      busy.set(thing, fault.at + fault.lastsMs);
    }
  });
});
