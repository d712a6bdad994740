import type { WayFetch } from '../network/transport.ts';
import { routingOf, type MediaPath } from '../../shared/providers/media-path.ts';
import type { AccountView } from '../../shared/ipc/account.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { addressProblem } from '../../shared/protocol/encrypted-url.ts';
import type { ProviderError } from '../../shared/providers/events.ts';
import { capabilitiesOf } from '../../shared/providers/capabilities.ts';
import type { Provider } from '../calls/ports.ts';
import { recordingOf, recordingPolicyOf, type RecordingRules } from './recording-use.ts';
import { NumberFacts } from './number-facts.ts';
import { NOT_RECORDED, type RecordingPolicy } from '../../shared/recording/policy.ts';
import type { NumberRisk } from '../../shared/providers/events.ts';
import { numberVerdict } from '../../shared/rules/number-facts.ts';
import { SafeNumbers } from '../db/storage/safe-stores.ts';
import type { Storage } from '../db/storage/storage.ts';
import type { Log } from '../log.ts';
import type { Account } from '../providers/account.ts';
import { createProvider } from '../providers/index.ts';
import {
  FactNotices,
  notifyInsecureAddress,
  notifyNumberRisk,
  notifyUnreadableToken,
} from '../snapshot/number-notices.ts';
import type { Notices } from '../snapshot/notices.ts';

const DAY_MS = 86_400_000;

/** What a workspace's numbers are opened with; see `WorkspaceOptions`. */
export interface NumbersPorts {
  storage: Storage;
  accounts: readonly Account[] | undefined;
  imported?: boolean | undefined;
  tokenOf: (accountId: string) => string | undefined;
  relayAddressOf?: ((accountId: string) => string | undefined) | undefined;
  /** Whether the organisation allows recordings. */
  mayRecord: boolean;
  /** Whether this agent decides how calls are recorded here. */
  mayDecideRecording: () => boolean;
  /** The path of a number's calls, and how they are recorded, by the relay's welcome. */
  relay: {
    pathOf: (accountId: string) => MediaPath | undefined;
    recordingOf: (accountId: string) => RecordingPolicy | undefined;
    hasAnnouncement?: (accountId: string) => boolean;
  };
  fetch: WayFetch;
  clock: Clock;
  log: Log;
  notices: Notices;
  /** A number's facts have changed. */
  changed: (accountId: string) => void;
}

/** Our numbers and the providers of those whose secrets can be read. */
export interface Numbers {
  accounts: readonly Account[];
  recordingRules: (account: Account) => RecordingRules;
  /** How calls of a number are recorded. */
  recordingPolicy: (accountId: string) => RecordingPolicy;
  states: SafeNumbers;
  facts: NumberFacts;
  /** What is wrong with a number itself, most severe first. */
  findings: (account: Account) => AccountView['findings'];
  find: (accountId: string) => Account | undefined;
  provider: (accountId: string) => Provider | undefined;
  views: () => readonly AccountView[];
  close: () => void;
}

/**
 * Reads or replaces the numbers and opens a provider for each whose secret can be read; announces
 * the others.
 */
export function openNumbers(ports: NumbersPorts): Numbers {
  const { storage, clock, log, notices, changed } = ports;
  const accounts = ports.accounts ?? storage.read((stores) => stores.accounts.all(), []);
  if (ports.accounts) storage.write((stores) => stores.accounts.replaceAll(accounts), undefined);
  storage.register({
    handleNewFile: (stores) => {
      if (accounts.length > 0) stores.accounts.replaceAll(accounts);
    },
  });
  const states = new SafeNumbers(storage);
  const factNotices = new FactNotices(notices);
  const find = (accountId: string) => accounts.find(({ id }) => id === accountId);
  const findings = (account: Account) =>
    numberVerdict(facts.business(account), clock.now()).findings;
  const announce = (account: Account) => factNotices.update(account, findings(account));
  const facts: NumberFacts = new NumberFacts({
    numbers: states,
    accounts,
    now: () => clock.now(),
    log,
    changed(accountId) {
      const account = find(accountId);
      if (account) announce(account);
      changed(accountId);
    },
    atRisk: (accountId: string, change: NumberRisk) =>
      notifyNumberRisk(notices, find(accountId), change),
  });
  const pathOf = (account: Account) =>
    routingOf({
      path: capabilitiesOf(account).path,
      hasStream: false,
      relayPath: ports.relay.pathOf(account.id),
    }).path;
  const recordingRules = (account: Account): RecordingRules => ({
    path: pathOf(account),
    byRelay: ports.relay.recordingOf(account.id),
    hasOwnAnnouncement: ports.relay.hasAnnouncement?.(account.id),
    mayRecord: ports.mayRecord,
    mayDecide: ports.mayDecideRecording(),
  });
  const recordingPolicy = (account: Account) =>
    recordingPolicyOf(account, states.get(account.id), recordingRules(account));
  // A new profile brings new tokens.
  if (ports.imported) for (const { id } of accounts) facts.handleAnswer(id, undefined);
  // Lasting facts are announced again after a start, dated ones on their day.
  let cancel: () => void = () => undefined;
  const announceAll = () => {
    accounts.forEach(announce);
    cancel = clock.at(clock.now() + DAY_MS, announceAll);
  };
  announceAll();
  const providers = new Map<string, Provider>();
  for (const account of accounts) {
    const token = ports.tokenOf(account.id);
    const relayAddress = ports.relayAddressOf?.(account.id);
    const recording = () => {
      const use = recordingOf(account, states.get(account.id), recordingRules(account));
      return use === 'off' ? undefined : use;
    };
    const onAnswer = (error: ProviderError | undefined) => facts.handleAnswer(account.id, error);
    const ready = { fetch: ports.fetch, clock, log, relayAddress, recording, onAnswer };
    if (account.apiBase !== undefined && addressProblem(account.apiBase, 'http') !== undefined) {
      // Earlier versions accepted such an address in a profile.
      notifyInsecureAddress(notices, account);
    } else if (token === undefined) notifyUnreadableToken(notices, account);
    else providers.set(account.id, createProvider(account, token, ready));
  }
  return {
    accounts,
    recordingRules,
    recordingPolicy(accountId) {
      const account = find(accountId);
      return account ? recordingPolicy(account) : NOT_RECORDED;
    },
    states,
    facts,
    findings,
    find,
    provider: (accountId) => providers.get(accountId),
    views: () =>
      accounts.map((account) => ({
        id: account.id,
        provider: account.provider,
        label: account.label,
        number: account.number,
        capabilities: capabilitiesOf(account),
        path: pathOf(account),
        recorded: recordingPolicy(account).by,
        ready: providers.has(account.id),
        findings: findings(account),
      })),
    close() {
      cancel();
      factNotices.clear();
      for (const { id } of accounts) {
        notices.remove(`token-unreadable/${id}`);
        notices.remove(`insecure-address/${id}`);
      }
    },
  };
}
