import { traitsOf } from '../../shared/providers/media-path.ts';
import { t } from '../../shared/i18n/i18n.ts';
import type { AccountView } from '../../shared/ipc/model.ts';
import type { PhoneProblem } from '../../shared/lib/phone.ts';
import type { Connection } from '../../shared/protocol/connection.ts';
import type { Facts } from '../../shared/rules/facts.ts';
import { mayCall } from '../../shared/rules/verdicts.ts';
import { findingMessage } from '../../shared/rules/finding-message.ts';
import { showValueAt } from '../lib/show-value.ts';

interface CallConditions {
  account: AccountView | undefined;
  connection: Connection;
  busy: boolean;
  /** What is wrong with the typed number. */
  problem?: PhoneProblem | undefined;
  /** Undefined while they load. */
  facts: Facts | undefined;
  /** Whether loading them failed. */
  failed: boolean;
  now: number;
}

/** Why the agent cannot call now; undefined if they can. */
export function callBlock(conditions: CallConditions): string | undefined {
  const { account, connection, busy, problem, facts, failed, now } = conditions;
  if (!account) return t('dialpad.blockNoAccount');
  if (!account.ready) return t('dialpad.blockNoToken');
  // An external call happens on another phone, so the agent may be on a call already.
  if (busy && traitsOf(account.path).isSpokenHere) return t('dialpad.blockBusy');
  if (problem !== undefined) return t(`dialpad.problems.${problem}`);
  if (connection.state === 'offline') return t('dialpad.blockOffline');
  // Only the relay reports that the customer has answered.
  if (connection.state !== 'connected') return t('dialpad.blockNoRelay');
  const blocked = account.findings.find(({ severity }) => severity === 'block');
  if (blocked) return findingMessage(blocked, showValueAt(now)).what;
  // If the lookup failed, the call may still work: the provider decides.
  if (failed) return undefined;
  if (!facts) return t('dialpad.blockLookingUp');
  const { allowed, findings } = mayCall(facts, now);
  const [worst] = findings;
  return allowed || !worst ? undefined : findingMessage(worst, showValueAt(now)).what;
}
