import { assertNever } from '../lib/assert-never.ts';
import { refusalsRuling, restrictionRuling } from './account.ts';
import { graphVersionEnds, versionWarningMs } from './data/graph-versions.ts';
import type { BusinessFacts, Facts, KnownFact } from './facts.ts';
import { finding, type Finding } from './findings.ts';
import { ruling, silent, verdict, type Ruling, type Verdict } from './ruling.ts';
import { ownValue } from '../lib/own-value.ts';

/**
 * Problems of the number itself, whoever is called: shown on its page and wherever it can be
 * chosen.
 */
export function numberVerdict(business: BusinessFacts, now: number): Verdict {
  return verdict([
    factsRuling(business),
    restrictionRuling({ business }, now),
    refusalsRuling({ business }, now),
    versionRuling(business, now),
  ]);
}

/** Facts that were reported or proven and have not ended (`NumberFactKind`). */
export function factsRuling(business: BusinessFacts): Ruling {
  return ruling((business.facts ?? []).map((fact) => factFinding(fact, business)));
}

/** Facts that disable everything, so other answers of the provider mean nothing. */
export function blockingFactsRuling({ business }: Pick<Facts, 'business'>): Ruling {
  const { findings } = factsRuling(business);
  return ruling(findings.filter(({ severity }) => severity === 'block'));
}

/** Shown from 90 days before a version ends: then Meta answers with another one, untested here. */
function versionRuling({ label, graphVersion }: BusinessFacts, now: number): Ruling {
  const endsAt =
    graphVersion === undefined ? undefined : ownValue(graphVersionEnds.value, graphVersion);
  if (endsAt === undefined || graphVersion === undefined) return silent;
  const from = endsAt - versionWarningMs;
  if (now < from) return ruling([], from);
  return ruling([
    finding('version-ending', { label: labelOf(label), version: graphVersion, endsAt }),
  ]);
}

const labelOf = (label: string | undefined): string => label ?? 'This number';

function factFinding(fact: KnownFact, { label }: BusinessFacts): Finding {
  const values = { label: labelOf(label), toldAt: fact.since };
  switch (fact.kind) {
    case 'access':
      return finding('access-refused', values);
    case 'relay-access':
      return finding('relay-access-refused', values);
    case 'disabled':
      return finding('account-disabled', values);
    case 'disabling':
      return finding('account-disabling', values);
    case 'deleted':
      return finding('account-deleted', values);
    case 'offboarded':
      return finding('account-offboarded', values);
    case 'unshared':
      return finding('account-unshared', values);
    case 'routing':
      // Only a refusal proves it; webhooks from other responders merely suggest it.
      return finding(fact.code === undefined ? 'routing-shared' : 'routed-elsewhere', values);
    case 'unsubscribed':
      return finding('calls-unsubscribed', values);
    case 'coexistence':
      return finding('coexistence', values);
    case 'key-exchange':
      return finding('keys-sdes', values);
    case 'payment':
      return finding('payment-missing', values);
    case 'provider-error':
      return finding('number-error', {
        ...values,
        errorCode: fact.code ?? '',
        quote: fact.quote ?? '',
      });
    default:
      return assertNever(fact.kind, 'fact');
  }
}
