import type { MediaPath } from '../../shared/providers/media-path.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { numberKey } from '../../shared/lib/person-key.ts';
import type { NumberState } from '../../shared/ipc/contacts.ts';
import { DEFAULT_API_VERSION } from '../../shared/providers/meta/api.ts';
import { isSdes } from '../../shared/providers/meta/sdp.ts';
import type { NumberChange, ProviderError, ProviderEvent } from '../../shared/providers/events.ts';
import type { NumberFact, NumberFactKind } from '../../shared/rules/data/number-fact-kinds.ts';
import { factOfError, isCoexistence } from '../../shared/providers/number-facts.ts';
import type { NumberSettings } from '../../shared/providers/number-settings.ts';
import type { BusinessFacts, KnownFact } from '../../shared/rules/facts.ts';
import type { NumberStates } from '../db/number-state.ts';
import type { Log } from '../log.ts';
import type { Account } from '../providers/account.ts';
import type { NumberRisk } from '../../shared/providers/events.ts';

/** How many of a provider's warnings are kept per number. */
const WARNINGS_KEPT = 20;
/**
 * A number that rang within this time does ring, whatever webhooks say about other responders, in
 * ms.
 */
const RINGS_MS = 86_400_000;

type NumberReport = Extract<ProviderEvent, { kind: 'number' }>;

/** Facts that a customer's call disproves, however they were reported. */
const PROVEN_BY_RING: readonly NumberFactKind[] = [
  'disabled',
  'deleted',
  'offboarded',
  'unshared',
  'routing',
  'unsubscribed',
  'coexistence',
  'payment',
  'provider-error',
];
const KEYS: readonly NumberFactKind[] = ['key-exchange'];
const PROVEN_BY_CALL: readonly NumberFactKind[] = [...PROVEN_BY_RING, ...KEYS];
const PROVEN_BY_SETTINGS: readonly NumberFactKind[] = [
  'access',
  'deleted',
  'offboarded',
  'unshared',
];

export interface NumberFactsPorts {
  numbers: Pick<NumberStates, 'get' | 'change'>;
  accounts: readonly Account[];
  now: () => number;
  log: Log;
  /** A number's facts have changed. */
  changed: (accountId: string) => void;
  /** A restriction or a warning, which agents must see on any screen. */
  atRisk: (accountId: string, change: NumberRisk) => void;
}

/**
 * Everything that is wrong with our numbers: reports and proofs come in here, are stored in the
 * number's state, and are shown from there. A fact ends when the opposite is reported or proven.
 */
export class NumberFacts {
  readonly #ports: NumberFactsPorts;

  constructor(ports: NumberFactsPorts) {
    this.#ports = ports;
  }

  /** What the rules know about a number itself. */
  business(account: Account): BusinessFacts {
    const state = this.#ports.numbers.get(account.id);
    return {
      number: account.number,
      label: account.label,
      facts: state.facts,
      restrictions: state.restrictions ?? state.settings?.value.restrictions,
      refusals: state.refusals,
      callingEnabled: state.settings?.value.calling,
      ...(account.provider === 'meta' && {
        graphVersion: account.apiVersion ?? DEFAULT_API_VERSION,
      }),
    };
  }

  /**
   * A provider's report that came in for `accountId`. It is stored at the number or account that it
   * names.
   */
  handleReport(accountId: string, report: NumberReport): void {
    for (const id of this.#numbersOf(accountId, report)) {
      this.#handleChange(id, report.change, report.at);
    }
  }

  /**
   * A customer's call came in (`at`, Unix ms), so the number rings here. `sdp`: missing if the
   * media is not ours.
   */
  handleRing(accountId: string, at: number, sdp: string | undefined): void {
    const { numbers, log } = this.#ports;
    const provesKeys = sdp !== undefined && !isSdes(sdp);
    try {
      numbers.change(accountId, (state) => ({
        ...state,
        rangAt: Math.max(at, state.rangAt ?? at),
      }));
      this.#end(accountId, [...PROVEN_BY_RING, ...(provesKeys ? KEYS : [])], at);
    } catch (error) {
      // A storage error must not keep the call from ringing.
      log.warn(`numbers: what a ring proves was not stored: ${String(error)}`);
    }
  }

  /** A call was connected. */
  handleTalk(accountId: string, path: MediaPath): void {
    this.#end(accountId, path === 'relayed' ? [...PROVEN_BY_CALL, 'relay-access'] : PROVEN_BY_CALL);
  }

  /** The provider accepted or refused a request with the number's own token or key. */
  handleAnswer(accountId: string, error: ProviderError | undefined): void {
    if (error) this.#handleError(accountId, error);
    else this.#end(accountId, ['access']);
  }

  /**
   * The provider refused a request of the relay. It uses a token of its own, whose problems are not
   * ours.
   */
  handleRelayError(accountId: string, error: ProviderError): void {
    const fact = factOfError(error);
    if (fact?.kind === 'access') this.#begin(accountId, { ...fact, kind: 'relay-access' });
    else this.#handleError(accountId, error);
  }

  /** Calling could not be set up. */
  handleSetUpFailed(accountId: string, error: ProviderError): void {
    if (!isCoexistence(error)) return;
    this.#begin(accountId, { kind: 'coexistence', code: error.code, quote: error.message });
  }

  /** The provider returned the settings, so it accepts our token. */
  handleSettings(accountId: string, { calling, keyExchange }: NumberSettings): void {
    this.#end(accountId, [
      ...PROVEN_BY_SETTINGS,
      ...(calling ? (['coexistence', 'unsubscribed'] as const) : []),
      ...(keyExchange === 'dtls' ? KEYS : []),
    ]);
    if (keyExchange === 'sdes') this.#begin(accountId, { kind: 'key-exchange' });
  }

  #handleError(accountId: string, error: ProviderError): void {
    const fact = factOfError(error);
    if (fact) this.#begin(accountId, fact);
  }

  /**
   * The numbers that a report concerns: the one it names, else all of the account it names, else
   * the one it came in for.
   */
  #numbersOf(accountId: string, { number, owner }: NumberReport): readonly string[] {
    const { accounts } = this.#ports;
    if (number !== undefined) {
      return accounts
        .filter((one) => numberKey(one.number) === numberKey(number))
        .map(({ id }) => id);
    }
    const owned = accounts.filter(
      (one) => owner !== undefined && one.provider === 'meta' && one.wabaId === owner,
    );
    return owned.some(({ id }) => id === accountId) ? owned.map(({ id }) => id) : [accountId];
  }

  #handleChange(accountId: string, change: NumberChange, at: number): void {
    switch (change.what) {
      case 'fact':
        return this.#begin(accountId, change.fact, at);
      case 'fact-over':
        return this.#end(accountId, change.kinds, at);
      case 'settings':
        // Screens read the settings again; the rules must not use the old ones.
        return this.#update(accountId, (state) => ({ ...state, settings: undefined }));
      case 'restricted':
        this.#update(accountId, (state) => ({ ...state, restrictions: change.restrictions }));
        return this.#ports.atRisk(accountId, change);
      case 'warning': {
        const { type, remediation } = change;
        this.#update(accountId, (state) => {
          const isKnown = state.warnings.some((one) => one.at === at && one.type === type);
          if (isKnown) return state;
          const warnings = [...state.warnings, { type, at, remediation }].slice(-WARNINGS_KEPT);
          return { ...state, warnings };
        });
        return this.#ports.atRisk(accountId, change);
      }
      case 'price-tier':
        return undefined;
      default:
        return assertNever(change, 'change of a number');
    }
  }

  #begin(accountId: string, fact: NumberFact, since = this.#ports.now()): void {
    const state = this.#ports.numbers.get(accountId);
    const known = state.facts.find(({ kind }) => kind === fact.kind);
    // A hint does not weaken a proof, and a repeated report changes nothing.
    if (known && (known.code !== undefined || fact.code === undefined)) return;
    const isHint = fact.kind === 'routing' && fact.code === undefined;
    if (isHint && state.rangAt !== undefined && since - state.rangAt < RINGS_MS) return;
    this.#update(accountId, (now) => ({
      ...now,
      facts: [...now.facts.filter(({ kind }) => kind !== fact.kind), { ...fact, since }],
    }));
  }

  /** `at`: when the proof happened; facts reported after it stay. */
  #end(accountId: string, kinds: readonly NumberFactKind[], at = Infinity): void {
    const isOver = ({ kind, since }: KnownFact) => kinds.includes(kind) && since <= at;
    if (!this.#ports.numbers.get(accountId).facts.some(isOver)) return;
    this.#update(accountId, (state) => ({
      ...state,
      facts: state.facts.filter((fact) => !isOver(fact)),
    }));
  }

  #update(accountId: string, change: (state: NumberState) => NumberState): void {
    this.#ports.numbers.change(accountId, change);
    this.#ports.changed(accountId);
  }
}
