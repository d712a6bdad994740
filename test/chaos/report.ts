import type { Violation } from './checker/facts-of-run.ts';
import type { History } from './history.ts';
import type { Plan } from './plan.ts';

/** The result of a run. */
export interface Report {
  seed: number;
  minutes: number;
  store: string;
  relays: number;
  events: {
    webhooks: number;
    /** Delivery attempts, and how many of them were answered with 200. */
    deliveries: number;
    acknowledged: number;
    delayed: number;
    duplicated: number;
    calls: number;
    requests: number;
    granted: number;
    transfers: number;
    /** Changes of agents' rights. */
    rights: number;
    entriesInLog: number;
    entriesAtConsoles: number;
    welcomes: number;
  };
  faults: Record<string, number>;
  violations: readonly Violation[];
}

export function reportOf(
  plan: Plan,
  relays: number,
  history: History,
  violations: readonly Violation[],
): Report {
  const { provider, conductor, exported } = history;
  const consoles = [...history.consoles.values()].flat();
  const count = (list: readonly unknown[]) => list.length;
  const attempts = provider.filter((event) => event.what === 'attempt');
  const faults: Record<string, number> = {};
  for (const event of conductor) {
    if (event.what !== 'fault' || event.phase !== 'begun') continue;
    faults[event.fault.kind] = (faults[event.fault.kind] ?? 0) + 1;
  }
  const fates = provider.filter((event) => event.what === 'fate');
  return {
    seed: plan.seed,
    minutes: plan.minutes,
    store: plan.store,
    relays,
    events: {
      webhooks: count(provider.filter(({ what }) => what === 'webhook')),
      deliveries: count(attempts),
      acknowledged: count(attempts.filter(({ status }) => status === 200)),
      delayed: count(fates.filter(({ delayMs }) => delayMs > 0)),
      duplicated: count(fates.filter(({ copies }) => copies > 0)),
      calls: count(provider.filter(({ what }) => what === 'call')),
      requests: count(consoles.filter(({ what }) => what === 'asked')),
      granted: count(
        consoles.filter((one) => one.what === 'answered' && one.outcome.kind === 'granted'),
      ),
      transfers: count(exported.filter(({ body }) => body.type === 'call-offer')),
      rights: count(consoles.filter((one) => one.what === 'asked' && one.request.type === 'admin')),
      entriesInLog: count(exported),
      entriesAtConsoles: count(consoles.filter(({ what }) => what === 'entry')),
      welcomes: count(consoles.filter(({ what }) => what === 'welcome')),
    },
    faults,
    violations,
  };
}

/** The figures and every violation with its evidence, as lines for people. */
export function textOf(report: Report): string {
  const { seed, minutes, store, relays, events, faults, violations } = report;
  return [
    `seed ${seed}, ${minutes} min, ${relays} × relay on ${store}`,
    `events      ${listed(events)}`,
    `faults      ${listed(faults)}`,
    `violations  ${violations.length}`,
    ...violations.flatMap(({ rule, says, evidence }) => [
      `\n${rule}: ${says}`,
      ...evidence.map((one) => `    ${JSON.stringify(one).slice(0, 400)}`),
    ]),
    '',
  ].join('\n');
}

const listed = (figures: Record<string, number>): string =>
  Object.entries(figures)
    .map(([name, figure]) => `${name} ${figure}`)
    .join(', ');
