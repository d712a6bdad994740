import type { Capabilities } from '../providers/capabilities.ts';
import type { MediaPath } from '../providers/media-path.ts';
import type { NumberSettings } from '../providers/number-settings.ts';
import type { Connection } from '../protocol/connection.ts';
import type { NumberWebhooks } from '../protocol/frames.ts';
import type { RingerProblem } from '../protocol/ringer.ts';
import type { EchoReport } from '../devices/echo.ts';
import type { BusinessFacts } from '../rules/facts.ts';
import type { ProviderId } from '../rules/data/providers.ts';

/** What somebody answered when they were asked, and when, Unix ms. */
export type Reading<T> =
  | { at: number; value: T }
  | { at: number; error: { code: string; message: string } };

/** What the checks of all numbers look at. All times are Unix ms, by this machine's clock. */
export interface ConsoleFacts {
  agentId: string;
  connection: Connection;
  /** The relay's address, e.g. `wss://relay.example/v1/agents`. */
  relayUrl: string;
  /** What the relay said; `older` if it cannot say yet. */
  relay: RelayFacts | 'older' | undefined;
  ringer: RingerFacts;
  devices: DeviceFacts | undefined;
  network: NetworkFacts | undefined;
  /** The SOCKS proxy with a password that everything but media passes (`host:port`). */
  socksSignedIn?: string | undefined;
  /** The last echo call on this network and with this microphone. */
  echo: EchoFacts | undefined;
  /** The newest prices: their first day. */
  prices: { name: string; from: number } | undefined;
}

/** What the relay knows of itself and of the webhooks of each number. */
export interface RelayFacts {
  /** How far its clock is ahead of the providers', ms; missing if it could not compare. */
  clockAheadMs?: number | undefined;
  numbers: readonly WebhookFacts[];
}

export interface WebhookFacts {
  accountId: string;
  /** When the last one was taken. */
  takenAt?: number | undefined;
  /** When the last one was refused, the relay's code for why, and the number whose address it came to. */
  refused?: { at: number; code: string; cameTo?: string | undefined } | undefined;
}

/**
 * What a relay says of a number's webhooks, by the reader's clock.
 *
 * @param now Unix ms
 */
export function webhookFacts(
  { accountId, takenAgoMs, refused }: NumberWebhooks,
  now: number,
): WebhookFacts {
  return {
    accountId,
    takenAt: takenAgoMs === undefined ? undefined : now - takenAgoMs,
    refused: refused && { at: now - refused.agoMs, code: refused.code, cameTo: refused.cameTo },
  };
}

/** Whether this console rings when the relay asks it to. */
export type RingerFacts =
  | { state: 'untried' }
  | { state: 'ready'; at: number }
  | { state: 'dead'; since: number; why: RingerProblem };

export interface DeviceFacts {
  microphone: 'ready' | 'none' | 'denied';
  speaker: 'ready' | 'none';
  /** The names of those in use. */
  microphoneLabel: string;
  speakerLabel: string;
}

/** What a test of the way to the relay's media showed. */
export interface NetworkFacts {
  at: number;
  /** A STUN server answered. `none`: no server to ask. */
  stun: 'answered' | 'silent' | 'none';
  turn: 'answered' | 'silent' | 'none';
  /** A TURN server gave us an address over UDP. `none`: no server to ask. */
  turnByUdp: 'answered' | 'silent' | 'none';
  /** The host whose answer was awaited. */
  host: string;
}

/** What an echo call showed, and when. */
export interface EchoFacts {
  at: number;
  report: EchoReport;
}

/** What the checks of one number look at. */
export interface NumberChecksFacts {
  id: string;
  provider: ProviderId;
  number: string;
  path: MediaPath;
  capabilities: Pick<Capabilities, 'settings'>;
  /** Whether its access token or key can be read on this machine. */
  hasKey: boolean;
  /** Meta's id of it, for a command. */
  phoneNumberId: string | undefined;
  business: BusinessFacts;
  /** As the provider last told them. */
  settings: NumberSettings | undefined;
  /** The last attempt to read them failed. */
  settingsError?: { code: string; message: string } | undefined;
  readings: ProviderReadings;
  /** When its last call here ended because no sound of ours reached WhatsApp. */
  unheardAt?: number | undefined;
}

/** What only some providers tell; missing: not asked yet. */
export interface ProviderReadings {
  /** Until when the token is valid, Unix ms; missing: without end. */
  token?: Reading<{ validUntil?: number | undefined }> | undefined;
  /** Whether an app receives the account's webhooks. */
  subscribed?: Reading<boolean> | undefined;
  /** Where its webhooks go, if anywhere, and whether this relay answers there. */
  webhook?: Reading<{ address?: string | undefined; reaches?: 'relay' | 'other' }> | undefined;
  /** In the provider's words, e.g. `TIER_2K`. */
  tier?: Reading<string | undefined> | undefined;
  /** A web number's telephone is connected. */
  phone?: Reading<true> | undefined;
}
