import { t } from '../../i18n/i18n.ts';
import type { z } from 'zod';
import type { Answer, ClientPorts, Recipient } from '../client.ts';
import type { NumberSettings, SettingsChange } from '../number-settings.ts';
import { permissionAnswer } from '../meta/permission.ts';
import { type ApiRequest, numberOf, policies, type Policy, quietAnswer } from '../api-request.ts';
import { partsRefused } from '../settings-parts.ts';
import { done, failed, noNumber, Sender } from '../sender.ts';
import {
  ZERNIO_API_BASE,
  zernioCallAnswer,
  zernioConfigAnswer,
  zernioEnabledAnswer,
  zernioListAnswer,
  zernioPlacedAnswer,
  zernioRecordingAnswer,
  zernioRequests,
  type Changing,
  type Enabling,
  type Listing,
} from './api.ts';
import { zernioEstimate } from './billing.ts';
import type { ZernioCall } from './call-events.ts';
import { readForwardTo } from './forward-to.ts';
import { zernioErrorOf, type ZernioOperation } from './read-error.ts';
import { changingOf, settingsOf } from './settings.ts';

export interface ZernioClientOptions extends ClientPorts {
  /** Zernio's own by default. */
  apiBase?: string | undefined;
  /** Kept only in this object. */
  apiKey: string;
  /** Zernio's id of the connected account. */
  zernioAccountId: string;
  /** The business number, E.164: Zernio refuses to forward a number to itself. */
  number: string;
}

/** Hours, callbacks and the icon itself are left to WhatsApp Manager. */
const SETTINGS = ['calling', 'iconCountries', 'forwarding'] as const;

/** Waits for one of our dials still in progress, ms. */
const IN_FLIGHT_PAUSES_MS = [500, 1500] as const;

/** Largest page of the list, and the number of pages read. */
const PAGE = 200;
const MAX_PAGES = 100;

/** One number at Zernio, which connects its calls to where the number is forwarded. */
export class ZernioClient {
  readonly #sender: Sender;
  readonly #accountId: string;
  readonly #ownNumber: string;

  constructor(options: ZernioClientOptions) {
    const { apiBase = ZERNIO_API_BASE, apiKey, fetch, log, clock, onAnswer } = options;
    const errorOf = (status: number, json: unknown) => zernioErrorOf(status, json, 'read');
    this.#sender = new Sender({
      provider: 'zernio',
      base: apiBase,
      key: apiKey,
      errorOf,
      fetch,
      log,
      clock,
      onAnswer,
    });
    this.#accountId = options.zernioAccountId;
    this.#ownNumber = options.number;
  }

  /**
   * Dials. `once`: the same key never dials twice. A 409 means either "no permission" or "same key
   * still in progress" in the same words, so the permission is checked to find out
   * (docs/providers/zernio.md#base).
   */
  async place(call: {
    to: Recipient;
    once?: string | undefined;
    forwardTo?: string | undefined;
    record?: boolean | undefined;
  }): Promise<Answer<{ providerCallId: string }>> {
    const to = numberOf(call.to);
    if (to === undefined) return noNumber;
    const wrong = call.forwardTo === undefined ? undefined : this.#wrongDestination(call.forwardTo);
    if (wrong) return wrong;
    const request = zernioRequests.place({ ...call, to, accountId: this.#accountId });
    const dial = () => this.#request('dial', policies.placeOnce, request, zernioPlacedAnswer);
    let answer = await dial();
    let may = false;
    for (const pause of IN_FLIGHT_PAUSES_MS) {
      if (answer.ok || answer.error.code !== 'dial-409') break;
      const allowed = await this.permission(call.to);
      if (!allowed.ok) return answer;
      may = allowed.value.actions.some(
        ({ action_name: name, can_perform_action: can }) => name === 'start_call' && can,
      );
      if (!may) break;
      // Our own dial: the answer to this key was lost and will be repeated once available.
      await new Promise<void>((resolve) => {
        setTimeout(resolve, pause);
      });
      answer = await dial();
    }
    if (answer.ok) return { ok: true, value: { providerCallId: answer.value.callId } };
    if (answer.error.code !== 'dial-409') return answer;
    return {
      ok: false,
      error: { ...answer.error, code: may ? 'dial-busy' : '138006', transient: may },
    };
  }

  async permission(to: Recipient): Promise<Answer<z.infer<typeof permissionAnswer>>> {
    const number = numberOf(to);
    if (number === undefined) return noNumber;
    const request = zernioRequests.permission(this.#accountId, number);
    return this.#request('permission', policies.read, request, permissionAnswer);
  }

  async requestPermission(to: Recipient, text: string): Promise<Answer> {
    const number = numberOf(to);
    if (number === undefined) return noNumber;
    const request = zernioRequests.requestPermission(this.#accountId, number, text);
    return this.#command('request', policies.message, request);
  }

  async settings(): Promise<Answer<NumberSettings>> {
    const config = await this.#config();
    return config.ok ? { ok: true, value: settingsOf(config.value) } : config;
  }

  /** Enabling calls needs a destination. Disabling keeps the current one. */
  async changeSettings(change: SettingsChange): Promise<Answer> {
    const refused = partsRefused('Zernio', change, SETTINGS);
    if (refused) return refused;
    const to = change.forwarding?.to;
    const wrong = to === undefined ? undefined : this.#wrongDestination(to);
    if (wrong) return wrong;
    const config = await this.#config();
    if (!config.ok) return config;
    const { phoneNumberDocId: numberId, callingEnabled, forwardTo } = config.value;
    if (numberId === undefined) {
      return failed('config-404', t('ownMessages.noNumberThere'));
    }
    const accountId = this.#accountId;
    const changing = changingOf(withUri(change));
    if (change.calling === true && !callingEnabled) {
      const destination = changing.forwardTo ?? forwardTo;
      if (destination === undefined) return failed('forward-to', t('numbers.forwardErrors.empty'));
      const how = enablingOf(destination, { ...changingOf(settingsOf(config.value)), ...changing });
      const request = zernioRequests.enable(numberId, accountId, how);
      return this.#command('enable', policies.change, request, zernioEnabledAnswer);
    }
    if (Object.keys(changing).length > 0) {
      const request = zernioRequests.update(numberId, accountId, changing);
      const updated = await this.#command('update', policies.change, request);
      if (!updated.ok) return updated;
    }
    if (change.calling !== false || !callingEnabled) return done;
    return this.#command('update', policies.change, zernioRequests.disable(numberId, accountId));
  }

  async call(callId: string): Promise<Answer<ZernioCall>> {
    const request = zernioRequests.call(callId, this.#accountId);
    const answer = await this.#request('read', policies.read, request, zernioCallAnswer);
    return answer.ok ? { ok: true, value: answer.value.call } : answer;
  }

  /** All matching calls, oldest first. */
  async calls(
    wanted: Omit<Listing, 'accountId' | 'limit' | 'before'>,
  ): Promise<Answer<readonly ZernioCall[]>> {
    const found = new Map<string, ZernioCall>();
    let before: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const request = zernioRequests.list({
        accountId: this.#accountId,
        ...wanted,
        limit: PAGE,
        before,
      });
      const answer = await this.#request('read', policies.read, request, zernioListAnswer);
      if (!answer.ok) return answer;
      // The cursor is a time, so a call may appear on two pages.
      for (const call of answer.value.calls) found.set(call.id, call);
      const { next } = answer.value;
      if (next === undefined || next === before) break;
      before = next;
    }
    const oldestFirst = Array.from(found.values()).sort(
      (a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0),
    );
    return { ok: true, value: oldestFirst };
  }

  /** The URL of a call's recording, valid for about 10 minutes. */
  recording(callId: string): Promise<Answer<{ url: string }>> {
    const request = zernioRequests.recording(callId, this.#accountId);
    return this.#request('recording', policies.read, request, zernioRecordingAnswer);
  }

  async estimate(
    to: Recipient,
    wanted: { minutes?: number | undefined; recording?: boolean | undefined },
  ): Promise<Answer<z.infer<typeof zernioEstimate>>> {
    const number = numberOf(to);
    if (number === undefined) return noNumber;
    const request = zernioRequests.estimate(this.#accountId, number, wanted);
    return this.#request('read', policies.read, request, zernioEstimate);
  }

  #config(): Promise<Answer<z.infer<typeof zernioConfigAnswer>>> {
    const request = zernioRequests.config(this.#accountId);
    return this.#request('config', policies.read, request, zernioConfigAnswer);
  }

  #wrongDestination(to: string) {
    const read = readForwardTo(to, this.#ownNumber);
    return read.kind === 'wrong'
      ? failed('forward-to', t(`numbers.forwardErrors.${read.problem}`))
      : undefined;
  }

  #request<T>(
    operation: ZernioOperation,
    policy: Policy,
    request: ApiRequest,
    schema: z.ZodType<T>,
  ): Promise<Answer<T>> {
    return this.#sender.query(policy, request, schema, (status, json) =>
      zernioErrorOf(status, json, operation),
    );
  }

  async #command(
    operation: ZernioOperation,
    policy: Policy,
    request: ApiRequest,
    schema: z.ZodType = quietAnswer,
  ): Promise<Answer> {
    const answer = await this.#request(operation, policy, request, schema);
    return answer.ok ? done : answer;
  }
}

/** A destination in Zernio's form: `tel:` before a bare number. Already validated. */
function withUri(change: SettingsChange): SettingsChange {
  const { forwarding } = change;
  if (forwarding?.to === undefined) return change;
  const read = readForwardTo(forwarding.to);
  return read.kind === 'wrong'
    ? change
    : { ...change, forwarding: { ...forwarding, to: read.uri } };
}

/** Enabling replaces everything: current values are sent again, and cleared ones left out. */
function enablingOf(forwardTo: string, changing: Changing): Enabling {
  const { callIconCountries, maxCallDurationSeconds, ...rest } = changing;
  return {
    ...rest,
    forwardTo,
    ...(callIconCountries && { callIconCountries }),
    ...(typeof maxCallDurationSeconds === 'number' && { maxCallDurationSeconds }),
  };
}
