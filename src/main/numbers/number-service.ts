import { accountOf, providerOf } from './known-number.ts';
import type { Call } from '../../shared/call/model.ts';
import { t } from '../../shared/i18n/i18n.ts';
import type { NumberState, NumberView } from '../../shared/ipc/contacts.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Answer } from '../../shared/providers/client.ts';
import type { ProviderError } from '../../shared/providers/events.ts';
import { factOfError } from '../../shared/providers/number-facts.ts';
import type { SettingsChange } from '../../shared/providers/number-settings.ts';
import { refusalMeanings } from '../../shared/rules/data/refusals.ts';
import type { Provider } from '../calls/ports.ts';
import type { NumberStates } from '../db/number-state.ts';
import type { Log } from '../log.ts';
import { NOT_RECORDED } from '../../shared/recording/policy.ts';
import type { Account } from '../providers/account.ts';
import { notOffered, orProviderRefusal } from '../refusal.ts';
import { uploadAnnouncement } from './announcement.ts';
import type { NumberFacts } from './number-facts.ts';
import {
  recordingOf,
  policyRefusal,
  recordingPolicyOf,
  type RecordingRules,
} from './recording-use.ts';
import { ownValue } from '../../shared/lib/own-value.ts';

/** Settings rarely change, and webhooks report changes, so they are read again after this, in ms. */
const SETTINGS_FRESH_MS = 600_000;
const REFUSALS_KEPT = 10;

/** What an agent enters about a number. Missing: unchanged; `null`: unknown, or none. */
export interface NumberNote extends Pick<NumberState, 'sandbox' | 'recording' | 'recordingPolicy'> {
  messagingTier?: string | null | undefined;
  balance?: { amount: string; minimum: string; currency: string } | null | undefined;
}

export interface NumberServicePorts {
  states: Pick<NumberStates, 'get' | 'change'>;
  facts: NumberFacts;
  accounts: readonly Account[];
  /** What decides how calls of a number are recorded, besides itself. */
  recordingRules: (account: Account) => RecordingRules;
  provider: (accountId: string) => Provider | undefined;
  clock: Clock;
  log: Log;
  /** A number's settings or state changed. */
  changed: (accountId: string) => void;
}

/** Our numbers' settings, the agents' notes about them, and what providers refused. */
export class NumberService {
  readonly #ports: NumberServicePorts;

  constructor(ports: NumberServicePorts) {
    this.#ports = ports;
  }

  /**
   * A number's state, with its settings read from the provider now.
   * @throws Refusal
   */
  async get(accountId: string): Promise<NumberView> {
    return orProviderRefusal(await this.#read(accountId));
  }

  /**
   * @param announcement a new one for the voicemail in `change`, Ogg/Opus
   * @returns the number after the change, as the provider reports it
   * @throws Refusal
   */
  async changeSettings(
    accountId: string,
    { voicemail, ...others }: SettingsChange,
    announcement?: Uint8Array,
  ): Promise<NumberView> {
    const { facts, changed } = this.#ports;
    const provider = providerOf(this.#ports, accountId);
    const { settings } = provider;
    if (!settings) throw notOffered(t('notOffered.settings'));
    const uploaded =
      voicemail && announcement && (await uploadAnnouncement(provider, announcement));
    const change: SettingsChange = {
      ...others,
      ...(voicemail && {
        voicemail: { ...voicemail, announcement: uploaded ?? voicemail.announcement },
      }),
    };
    const answer = await settings.set(change);
    if (!answer.ok) {
      this.noteRefusal(accountId, answer.error);
      if (change.calling === true) facts.handleSetUpFailed(accountId, answer.error);
    }
    orProviderRefusal(answer);
    this.#clearRefusals(accountId);
    const view = await this.get(accountId);
    changed(accountId);
    return view;
  }

  /**
   * Stores what only people know: balance, messaging limit, test number, what to record.
   * @throws Refusal
   */
  note(accountId: string, note: NumberNote): NumberState {
    const { balance, messagingTier, sandbox, recording, recordingPolicy } = note;
    const { states, clock, changed } = this.#ports;
    const account = accountOf(this.#ports, accountId);
    const rules = this.#ports.recordingRules(account);
    // What Meta is asked belongs to the policy.
    const wish = recordingPolicy ?? (recording === undefined ? undefined : NOT_RECORDED);
    const problem = wish && policyRefusal(account, wish, rules);
    if (problem) throw notOffered(t(`recorder.problems.${problem}`));
    const at = clock.now();
    const next = states.change(account.id, (state) => ({
      ...state,
      ...(messagingTier !== undefined && { messagingTier: messagingTier ?? undefined }),
      ...(sandbox !== undefined && { sandbox }),
      ...(balance !== undefined && { balance: balance ? { ...balance, at } : undefined }),
      ...(recording !== undefined && { recording }),
      ...(recordingPolicy !== undefined && { recordingPolicy }),
    }));
    changed(accountId);
    return next;
  }

  /** Reads the settings again if they are stale. The rules go by old ones if that fails. */
  async refreshSettings(accountId: string): Promise<void> {
    const { states, provider, clock, log } = this.#ports;
    const known = states.get(accountId).settings;
    if (!provider(accountId)?.settings) return;
    if (known && clock.now() - known.at < SETTINGS_FRESH_MS) return;
    const answer = await this.#read(accountId);
    if (answer.ok) return;
    const { code, message } = answer.error;
    log.warn(`numbers: settings could not be read: ${code}: ${message}`);
  }

  /** A call of this console ended: a provider's refusal is noted, and a success clears it. */
  handleEnded({ accountId, direction, phase, connectedAt, path }: Call): void {
    if (phase.name !== 'ended') return;
    const { facts } = this.#ports;
    if (phase.reason.kind === 'failed') {
      const { error } = phase.reason;
      // `NumberFacts.handleAnswer` already has the errors of our own requests.
      if (!this.#hasFactOf(accountId, error)) facts.handleRelayError(accountId, error);
      if (direction === 'outbound') this.noteRefusal(accountId, error);
      return;
    }
    if (connectedAt === undefined) return;
    facts.handleTalk(accountId, path);
    if (direction === 'outbound') this.#clearRefusals(accountId);
  }

  /** Keeps a provider's refusal if it says something about the number. */
  noteRefusal(accountId: string, { code }: ProviderError): void {
    const { states, clock, changed } = this.#ports;
    const meaning = ownValue(refusalMeanings.value, code);
    // That one person cannot be called says nothing about the number; the call log has it.
    if (meaning === undefined || meaning === 'customer-not-callable') return;
    states.change(accountId, (state) => ({
      ...state,
      refusals: [
        ...state.refusals.filter((one) => one.code !== code),
        { code, at: clock.now() },
      ].slice(-REFUSALS_KEPT),
    }));
    changed(accountId);
  }

  async #read(accountId: string): Promise<Answer<NumberView>> {
    const { states, facts, clock } = this.#ports;
    const { settings } = providerOf(this.#ports, accountId);
    const answer = settings && (await settings.get());
    if (answer?.ok === false) return answer;
    const value = answer?.value;
    if (value) facts.handleSettings(accountId, value);
    const state = value
      ? states.change(accountId, (known) => ({
          ...known,
          settings: { value, at: clock.now() },
          // These are newer than the ones that a webhook reported.
          ...(value.restrictions && { restrictions: undefined }),
        }))
      : states.get(accountId);
    const account = accountOf(this.#ports, accountId);
    const rules = this.#ports.recordingRules(account);
    return {
      ok: true,
      value: {
        state,
        settings: value,
        recording: recordingOf(account, state, rules),
        recordingPolicy: recordingPolicyOf(account, state, rules),
        isRecordingByRelay: rules.byRelay !== undefined,
        hasOwnAnnouncement: rules.hasOwnAnnouncement,
        mayDecideRecording: rules.mayDecide,
      },
    };
  }

  /** Whether a request with the number's own token met the same error. */
  #hasFactOf(accountId: string, error: ProviderError): boolean {
    const kind = factOfError(error)?.kind;
    return this.#ports.states.get(accountId).facts.some((fact) => fact.kind === kind);
  }

  #clearRefusals(accountId: string): void {
    const { states, changed } = this.#ports;
    if (states.get(accountId).refusals.length === 0) return;
    states.change(accountId, (state) => ({ ...state, refusals: [] }));
    changed(accountId);
  }
}
