import type { Clock } from '../shared/lib/clock.ts';
import type { Call } from './calls/call.ts';
import type { ApiAction, Failure, Faults } from './faults.ts';
import type { ApiFaultGate } from './providers.ts';

/** Counts how often each failure was used, for faults such as "fail twice, then work". */
export function createApiFaultGate(options: {
  clock: Clock;
  faultsOf: (call: Call | undefined) => Faults;
}): ApiFaultGate {
  const used = new WeakMap<Failure, number>();
  const { clock, faultsOf } = options;
  return {
    async pass(action: ApiAction, method: string, call: Call | undefined) {
      const { delayMs, fail } = faultsOf(call).api;
      const wait = delayMs[action] ?? 0;
      if (wait > 0) await new Promise<void>((done) => clock.at(clock.now() + wait, done));
      const failure = fail[action];
      if (!failure || (failure.method ?? method) !== method) return undefined;
      const count = (used.get(failure) ?? 0) + 1;
      used.set(failure, count);
      if (failure.times !== undefined && count > failure.times) return undefined;
      return 'reset' in failure ? 'reset' : failure;
    },
  };
}
