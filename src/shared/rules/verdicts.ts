import { callingOnRuling, refusalsRuling, restrictionRuling, tierRuling } from './account.ts';
import { balanceRuling } from './balance.ts';
import { callLimitRuling } from './call-limit.ts';
import { costRuling } from './cost.ts';
import { outboundCountryRuling, regionRuling } from './countries.ts';
import { providers, type RequestForm } from './data/providers.ts';
import type { Facts } from './facts.ts';
import { doNotCallRuling } from './do-not-call.ts';
import { finding } from './findings.ts';
import { hoursRuling } from './hours.ts';
import { blockingFactsRuling, factsRuling } from './number-facts.ts';
import { concurrencyRuling, duplicateRuling } from './live-calls.ts';
import { freshnessRuling, permissionRuling, permissionState } from './permission.ts';
import { declineRuling, pendingRuling, requestLimitRuling } from './request-limit.ts';
import { pickUpRuling } from './pick-up.ts';
import { ruling, verdict, type Verdict } from './ruling.ts';
import { callWindowRuling, freeFormRuling, requestWindowRuling } from './service-window.ts';
import { streakRuling } from './streak.ts';

/** May we call this person now? */
export function mayCall(facts: Facts, now: number): Verdict {
  return verdict([
    doNotCallRuling(facts),
    regionRuling(facts),
    outboundCountryRuling(facts),
    factsRuling(facts.business),
    callingOnRuling(facts),
    restrictionRuling(facts, now),
    refusalsRuling(facts, now),
    balanceRuling(facts),
    duplicateRuling(facts),
    concurrencyRuling(facts),
    permissionRuling(facts, now),
    callLimitRuling(facts, now),
    streakRuling(facts),
    pickUpRuling(facts),
    callWindowRuling(facts, now),
    tierRuling(facts),
    hoursRuling(facts, now),
    costRuling(facts, now),
    freshnessRuling(facts, now),
  ]);
}

/**
 * May we ask this person for permission to call now? A template, where offered, needs no open
 * window.
 */
export function mayRequestPermission(
  facts: Facts,
  now: number,
  form: RequestForm = 'free-form',
): Verdict {
  if (providers[facts.provider].permission.value === 'not-needed') {
    return verdict([ruling([finding('permission-not-needed', {})])]);
  }
  const state = permissionState(facts, now);
  if (state.status === 'permanent') {
    // The provider refuses with error 138017.
    return verdict([
      ruling([finding('permission-already-permanent', {})]),
      freshnessRuling(facts, now),
    ]);
  }
  return verdict([
    doNotCallRuling(facts),
    regionRuling(facts),
    // Asking for a permission we cannot use would only waste the customer's patience.
    outboundCountryRuling(facts),
    factsRuling(facts.business),
    callingOnRuling(facts),
    restrictionRuling(facts, now),
    refusalsRuling(facts, now),
    declineRuling(facts, now),
    requestLimitRuling(facts, now),
    requestWindowRuling(facts, now, form),
    pendingRuling(facts, now),
    freshnessRuling(facts, now),
  ]);
}

/** May we send this person a free-form message (not a template) now? */
export function maySendFreeForm(facts: Facts, now: number): Verdict {
  return verdict([blockingFactsRuling(facts), regionRuling(facts), freeFormRuling(facts, now)]);
}
