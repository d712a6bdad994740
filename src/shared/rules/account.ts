import { qualityPauseMs } from './data/limits.ts';
import { providers } from './data/providers.ts';
import { refusalMeanings } from './data/refusals.ts';
import { restrictionMeanings } from './data/restrictions.ts';
import type { Facts, RefusedBefore, Restriction } from './facts.ts';
import { finding, type Finding } from './findings.ts';
import { ruling, silent, type Ruling } from './ruling.ts';
import { ownValue } from '../lib/own-value.ts';

/** Calling must be enabled on the number, for calls in either direction (error 138000). */
export function callingOnRuling({ business }: Facts): Ruling {
  return business.callingEnabled === false ? ruling([finding('calling-off', {})]) : silent;
}

/**
 * The messaging limit that calling requires: 1,000 according to 360dialog and respond.io, 2,000
 * according to Meta, Zernio and Pilot Status. Because they disagree it only warns; the provider
 * decides with error 138015 when calling is enabled (see `refusalsRuling`). Sandbox and test
 * numbers are exempt.
 */
export function tierRuling({ provider, business }: Facts): Ruling {
  const limit = providers[provider].messagingLimit.value;
  const tier = business.messagingTier;
  const reach = tier === undefined ? undefined : messagingLimit(tier);
  if (!limit || tier === undefined || reach === undefined || business.sandbox) return silent;
  const { needed, disputed } = limit;
  if (reach < needed) return ruling([finding('tier-too-low', { tier, needed })]);
  return disputed !== undefined && reach < disputed
    ? ruling([finding('tier-disputed', { tier, needed, otherNeeded: disputed })])
    : silent;
}

/** Conversations in 24 h that a tier allows, e.g. `TIER_1K`; undefined for an unknown tier. */
export function messagingLimit(tier: string): number | undefined {
  if (/UNLIMITED/i.test(tier)) return Infinity;
  const parts = /^(?:TIER_)?(\d+)([KM]?)$/i.exec(tier.trim());
  if (!parts) return undefined;
  const unit = { '': 1, K: 1000, M: 1_000_000 }[(parts[2] ?? '').toUpperCase()] ?? 1;
  return Number(parts[1]) * unit;
}

/**
 * The provider's restrictions on the account until they expire. A restriction on business calls
 * also blocks permission requests: both are paused together (docs/providers/meta.md#limits,
 * quality).
 */
export function restrictionRuling({ business }: Pick<Facts, 'business'>, now: number): Ruling {
  const inForce = (business.restrictions ?? []).filter(
    ({ expiresAt }) => expiresAt === undefined || now < expiresAt,
  );
  return ruling(inForce.map(restrictionFinding));
}

function restrictionFinding({ type, expiresAt }: Restriction): Finding {
  const meaning = ownValue(restrictionMeanings.value, type);
  const values = { restriction: type };
  if (!meaning) return finding('restriction-unknown', values, { changesAt: expiresAt });
  return meaning.outbound
    ? finding('restricted', values, { changesAt: expiresAt })
    : finding('restricted-inbound', values, { changesAt: expiresAt });
}

/**
 * Recent refusals by the provider. What only the provider can see (payment method, paused account)
 * warns, because trying again is the only way to learn that it was fixed; what cannot change by
 * itself blocks.
 */
export function refusalsRuling({ business }: Pick<Facts, 'business'>, now: number): Ruling {
  return ruling(
    (business.refusals ?? []).flatMap((refusal) => refusalFinding(refusal, business, now) ?? []),
  );
}

function refusalFinding(
  { code, at }: RefusedBefore,
  { callingEnabled }: Facts['business'],
  now: number,
): Finding | undefined {
  const meaning = ownValue(refusalMeanings.value, code);
  if (meaning === undefined) return undefined;
  const values = { refusedAt: at };
  if (meaning === 'calling-paused') {
    const until = at + qualityPauseMs.value;
    return now < until ? finding(meaning, values, { changesAt: until }) : undefined;
  }
  // Calling was enabled since, so the tier suffices.
  if (meaning === 'tier-refused' && callingEnabled) return undefined;
  return finding(meaning, values);
}
