import { t } from '../i18n/i18n.ts';
import type { AccountView } from '../ipc/account.ts';
import { assertNever } from '../lib/assert-never.ts';
import type { PhoneProblem } from '../lib/phone.ts';
import type { Connection } from '../protocol/connection.ts';
import { traitsOf } from '../providers/media-path.ts';
import type { Facts } from '../rules/facts.ts';
import { findingMessage, type ShowValue } from '../rules/finding-message.ts';
import type { Finding } from '../rules/findings.ts';
import { mayCall } from '../rules/verdicts.ts';

/** What decides whether the agent can call now. */
export interface CallConditions {
  account: AccountView | undefined;
  connection: Connection;
  /** The agent has a call already. */
  busy: boolean;
  /** What is wrong with the number. */
  problem?: PhoneProblem | undefined;
  /** Undefined while they load. */
  facts: Facts | undefined;
  /** Whether loading them failed. */
  failed: boolean;
  now: number;
}

/** Why the agent cannot call now. */
export type CallBlock =
  | { why: 'no-account' | 'no-token' | 'busy' | 'offline' | 'no-relay' | 'looking-up' }
  | { why: 'number'; problem: PhoneProblem }
  | { why: 'rule'; finding: Finding };

/** The same for the button, the keys and other programs. @returns undefined if the agent can call */
export function callBlockOf(conditions: CallConditions): CallBlock | undefined {
  const { account, connection, busy, problem, facts, failed, now } = conditions;
  if (!account) return { why: 'no-account' };
  if (!account.ready) return { why: 'no-token' };
  // An external call happens on another phone, so the agent may be on a call already.
  if (busy && traitsOf(account.path).isSpokenHere) return { why: 'busy' };
  if (problem !== undefined) return { why: 'number', problem };
  if (connection.state === 'offline') return { why: 'offline' };
  // Only the relay reports that the customer has answered.
  if (connection.state !== 'connected') return { why: 'no-relay' };
  const blocked = account.findings.find(({ severity }) => severity === 'block');
  if (blocked) return { why: 'rule', finding: blocked };
  // If the lookup failed, the call may still work: the provider decides.
  if (failed) return undefined;
  if (!facts) return { why: 'looking-up' };
  const { allowed, findings } = mayCall(facts, now);
  const [worst] = findings;
  return allowed || !worst ? undefined : { why: 'rule', finding: worst };
}

/** The reason in words. */
export function callBlockText(block: CallBlock, show: ShowValue): string {
  switch (block.why) {
    case 'no-account':
      return t('dialpad.blockNoAccount');
    case 'no-token':
      return t('dialpad.blockNoToken');
    case 'busy':
      return t('dialpad.blockBusy');
    case 'offline':
      return t('dialpad.blockOffline');
    case 'no-relay':
      return t('dialpad.blockNoRelay');
    case 'looking-up':
      return t('dialpad.blockLookingUp');
    case 'number':
      return t(`dialpad.problems.${block.problem}`);
    case 'rule':
      return findingMessage(block.finding, show).what;
    default:
      return assertNever(block, 'reason');
  }
}
