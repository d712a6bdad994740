import type { NumberState } from '../../shared/ipc/contacts.ts';
import { capabilitiesOf } from '../../shared/providers/capabilities.ts';
import type { MediaPath } from '../../shared/providers/media-path.ts';
import type { RecordingUse } from '../../shared/providers/meta/api.ts';
import { metaUseOf } from '../../shared/recording/meta-use.ts';
import {
  NOT_RECORDED,
  type RecordingPolicy,
  type RecordingProblem,
  recordingProblem,
} from '../../shared/recording/policy.ts';
import type { Account } from '../providers/account.ts';

/** What decides how calls of a number are recorded, besides the number itself. */
export interface RecordingRules {
  /** How their sound travels. */
  path: MediaPath;
  /** The relay's policy, which is the workspace's; undefined: each console's number page. */
  byRelay?: RecordingPolicy | undefined;
  /** Customers hear the words of the relay's admin before a recording. */
  hasOwnAnnouncement?: boolean | undefined;
  /** Whether the organisation allows any recording. */
  mayRecord: boolean;
  /** Whether this agent decides how calls of a number are recorded here. */
  mayDecide: boolean;
}

type Known = Pick<NumberState, 'recording' | 'recordingPolicy'>;

/**
 * How calls of a number are recorded: as the relay says, else as its page here, else as the profile. What cannot be done, or
 * is forbidden, is not.
 */
export function recordingPolicyOf(
  account: Account,
  state: Known,
  rules: RecordingRules,
): RecordingPolicy {
  const wish = rules.byRelay ??
    state.recordingPolicy ?? { ...NOT_RECORDED, by: asBefore(account, state) };
  return recordingRefusal(account, wish, rules) === undefined ? wish : { ...wish, by: 'off' };
}

/** Why calls of a number cannot be recorded as somebody wishes; undefined: they can. */
function recordingRefusal(
  account: Account,
  wish: RecordingPolicy,
  { path, byRelay, mayRecord }: RecordingRules,
): RecordingProblem | undefined {
  const providerRecords = capabilitiesOf(account).recording === 'available';
  const askedBy = byRelay ? 'relay' : 'console';
  return recordingProblem(wish, { path, providerRecords, askedBy, allowed: mayRecord });
}

/** Why this console does not take a policy from its agent; undefined: it does. */
export function policyRefusal(
  account: Account,
  wish: RecordingPolicy,
  rules: RecordingRules,
): RecordingProblem | 'set-by-relay' | 'not-admin' | undefined {
  if (rules.byRelay) return 'set-by-relay';
  return rules.mayDecide ? recordingRefusal(account, wish, rules) : 'not-admin';
}

/** What a number without a policy did: Meta was asked, or not. */
function asBefore(account: Account, { recording }: Known): 'provider' | 'off' {
  const use = account.provider === 'meta' ? (recording ?? account.recording) : undefined;
  return use === undefined || use === 'off' ? 'off' : 'provider';
}

/** What Meta is asked to record of a number's calls. Undefined for other providers. */
export function recordingOf(
  account: Account,
  state: Known,
  rules: RecordingRules,
): RecordingUse | 'off' | undefined {
  if (account.provider !== 'meta') return undefined;
  const policy = recordingPolicyOf(account, state, rules);
  const byPolicy = metaUseOf(policy);
  if (!byPolicy) return 'off';
  const use = state.recording ?? account.recording;
  return rules.byRelay !== undefined || use === undefined || use === 'off' ? byPolicy : use;
}
