import { assertNever } from '../lib/assert-never.ts';
import { refusalsRuling, restrictionRuling } from './account.ts';
import { graphVersionEnds, versionWarningMs } from './data/graph-versions.ts';
import type { BusinessFacts, Facts, KnownFact } from './facts.ts';
import { finding, type Finding } from './findings.ts';
import { ruling, silent, verdict, type Ruling, type Verdict } from './ruling.ts';

/** What is wrong with a number of ours itself, whoever is called: what its page says, and what marks it wherever it is chosen. */
export function numberVerdict(business: BusinessFacts, now: number): Verdict {
  return verdict([
    factsRuling(business),
    restrictionRuling({ business }, now),
    refusalsRuling({ business }, now),
    versionRuling(business, now),
  ]);
}

/** The facts that were told or proven and have not ended (`NumberFactKind`). */
export function factsRuling(business: BusinessFacts): Ruling {
  return ruling((business.facts ?? []).map((fact) => factFinding(fact, business)));
}

/** Those of them with which nothing works at all, so that other answers of the provider say nothing. */
export function blockingFactsRuling({ business }: Pick<Facts, 'business'>): Ruling {
  const { findings } = factsRuling(business);
  return ruling(findings.filter(({ severity }) => severity === 'block'));
}

/** Said from 90 days before a version ends: afterwards Meta answers with another one, and nobody has tried it. */
function versionRuling({ label, graphVersion }: BusinessFacts, now: number): Ruling {
  const endsAt = graphVersion === undefined ? undefined : graphVersionEnds.value[graphVersion];
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
      // Only the provider's refusal proves it; webhooks of other responders tell that it may be so.
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
