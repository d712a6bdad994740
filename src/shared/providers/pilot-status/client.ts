import type { z } from 'zod';
import type { Answer, CallClient, ClientPorts, Recipient } from '../client.ts';
import type { permissionAnswer } from '../meta/permission.ts';
import { settingsAnswer, settingsBody, settingsOf } from '../meta/settings.ts';
import type { NumberSettings, SettingsChange } from '../number-settings.ts';
import { type ApiRequest, numberOf, policies, type Policy } from '../api-request.ts';
import { partsRefused } from '../settings-parts.ts';
import { done, noNumber, Sender } from '../sender.ts';
import {
  PILOT_API_BASE,
  pilotDoneAnswer,
  pilotErrorOf,
  pilotListAnswer,
  pilotPermissionAnswer,
  pilotPlacedAnswer,
  pilotRequests,
  realtimeAnswer,
} from './api.ts';
import { isOver, pilotCall, type PilotCall } from './call-events.ts';

interface PilotClientOptions extends ClientPorts {
  /** Pilot Status' own by default. */
  apiBase?: string | undefined;
  /** Number-scoped, so it identifies the number. Kept only in this object. */
  apiKey: string;
}

/** Icon countries are not forwarded. */
const SETTINGS = ['calling', 'iconVisible', 'hours', 'callback', 'voicemail'] as const;

/** Largest page of the call list, and the number of pages read. */
const PAGE = 100;
const MAX_PAGES = 100;

/** What Pilot Status offers for both kinds of number. */
class PilotClient {
  protected readonly sender: Sender;

  constructor(provider: 'pilot-meta' | 'pilot-web', options: PilotClientOptions) {
    const { apiBase = PILOT_API_BASE, apiKey, fetch, log, clock, onAnswer } = options;
    const rest = { errorOf: pilotErrorOf, fetch, log, clock, onAnswer };
    this.sender = new Sender({ provider, base: apiBase, key: apiKey, ...rest });
  }

  reject(callId: string): Promise<Answer> {
    return this.command(policies.end, pilotRequests.reject(callId));
  }

  /**
   * Ending a call that has already ended is not an error. Pilot Status' answer to that is
   * undocumented, so the call itself is checked.
   */
  async terminate(callId: string): Promise<Answer> {
    const answer = await this.command(policies.end, pilotRequests.terminate(callId));
    if (answer.ok || answer.error.transient) return answer;
    const call = await this.sender.query(policies.read, pilotRequests.call(callId), pilotCall);
    return call.ok && isOver(call.value) ? done : answer;
  }

  /** All calls created at or after `since` (Unix ms), oldest first. */
  async callsSince(since: number): Promise<Answer<readonly PilotCall[]>> {
    const found = new Map<string, PilotCall>();
    let before: number | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const request = pilotRequests.list({
        limit: PAGE,
        before: before === undefined ? undefined : new Date(before).toISOString(),
      });
      const answer = await this.sender.query(policies.read, request, pilotListAnswer);
      if (!answer.ok) return answer;
      const known = found.size;
      const { calls, unreadable } = answer.value;
      for (const call of calls) found.set(call.id, call);
      const oldest = Math.min(...calls.flatMap(({ createdAt }) => createdAt ?? []));
      if (calls.length + unreadable < PAGE || oldest < since || !Number.isFinite(oldest)) break;
      // A call of the same millisecond may fall on either side of the page's end. Known calls do no
      // harm.
      before = found.size === known ? oldest : oldest + 1;
    }
    const wanted = Array.from(found.values()).filter(
      ({ createdAt }) => (createdAt ?? since) >= since,
    );
    return { ok: true, value: wanted.sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0)) };
  }

  protected command(policy: Policy, request: ApiRequest) {
    return this.sender.command(policy, request, pilotDoneAnswer);
  }

  protected async placed(request: ApiRequest): Promise<Answer<{ providerCallId: string }>> {
    const answer = await this.sender.query(policies.place, request, pilotPlacedAnswer);
    if (!answer.ok) return answer;
    const { id, externalCallId } = answer.value;
    // Named as in webhooks.
    return { ok: true, value: { providerCallId: externalCallId ?? id } };
  }
}

/** One Meta number: calls by SDP. */
export class PilotMetaClient extends PilotClient implements CallClient {
  constructor(options: PilotClientOptions) {
    super('pilot-meta', options);
  }

  async place(call: {
    to: Recipient;
    sdp: string;
    callbackData: string;
  }): Promise<Answer<{ providerCallId: string }>> {
    const to = numberOf(call.to);
    return to === undefined ? noNumber : this.placed(pilotRequests.place({ ...call, to }));
  }

  preAccept(callId: string, sdp: string): Promise<Answer> {
    return this.command(policies.preAccept, pilotRequests.preAccept(callId, sdp));
  }

  accept(callId: string, sdp: string): Promise<Answer> {
    return this.command(policies.accept, pilotRequests.accept(callId, sdp));
  }

  /** With its SDPs, in case no webhook brought them. */
  call(callId: string): Promise<Answer<PilotCall>> {
    return this.sender.query(policies.read, pilotRequests.callWithSdp(callId), pilotCall);
  }

  async permission(to: Recipient): Promise<Answer<z.infer<typeof permissionAnswer>>> {
    const number = numberOf(to);
    if (number === undefined) return noNumber;
    const request = pilotRequests.permission(number);
    return this.sender.query(policies.read, request, pilotPermissionAnswer);
  }

  async requestPermission(to: Recipient, reason: string): Promise<Answer> {
    const number = numberOf(to);
    if (number === undefined) return noNumber;
    return this.command(policies.message, pilotRequests.requestPermission(number, reason));
  }

  /** Icon countries are not forwarded. */
  async settings(): Promise<Answer<NumberSettings>> {
    const answer = await this.sender.query(policies.read, pilotRequests.settings(), settingsAnswer);
    if (!answer.ok) return answer;
    const { iconCountries: _, ...settings } = settingsOf(answer.value);
    return { ok: true, value: settings };
  }

  async changeSettings(change: SettingsChange): Promise<Answer> {
    const refused = partsRefused('Pilot Status', change, SETTINGS);
    if (refused) return refused;
    return this.command(policies.change, pilotRequests.updateSettings(settingsBody(change)));
  }
}

/** One web number: Pilot Status is the media end. */
export class PilotWebClient extends PilotClient {
  constructor(options: PilotClientOptions) {
    super('pilot-web', options);
  }

  async place(to: Recipient): Promise<Answer<{ providerCallId: string }>> {
    const number = numberOf(to);
    return number === undefined ? noNumber : this.placed(pilotRequests.placeStreamed(number));
  }

  accept(callId: string): Promise<Answer> {
    return this.command(policies.accept, pilotRequests.acceptStreamed(callId));
  }

  call(callId: string): Promise<Answer<PilotCall>> {
    return this.sender.query(policies.read, pilotRequests.call(callId), pilotCall);
  }

  play(callId: string, mediaUrl: string): Promise<Answer> {
    return this.command(policies.begin, pilotRequests.play(callId, mediaUrl));
  }

  /** The URL of a call's audio, for one connection within about two minutes. Never logged. */
  async realtime(callId: string): Promise<Answer<{ url: string }>> {
    const request = pilotRequests.realtimeSession(callId);
    const answer = await this.sender.query(policies.begin, request, realtimeAnswer);
    return answer.ok ? { ok: true, value: { url: answer.value.wsUrl } } : answer;
  }
}
