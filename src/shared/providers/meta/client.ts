import { t } from '../../i18n/i18n.ts';
import type { z } from 'zod';
import type { Answer, CallClient, ClientPorts, Recipient } from '../client.ts';
import type { ProviderError } from '../events.ts';
import type { NumberSettings, SettingsChange } from '../number-settings.ts';
import type { Template, TemplateUse } from '../requests.ts';
import { type ApiRequest, policies, type Policy } from '../api-request.ts';
import { done, failed, noNumber, Sender, type SenderOptions } from '../sender.ts';
import { analyticsAnswer } from './analytics.ts';
import {
  cloudRequests,
  DEFAULT_API_BASE,
  DEFAULT_API_VERSION,
  messageAnswer,
  metaErrorOf,
  metaRequests,
  metaRoutes,
  placedAnswer,
  successAnswer,
  uploadedAnswer,
  type CloudRoutes,
  type RecordingUse,
} from './api.ts';
import { partsRefused } from '../settings-parts.ts';
import { hostOf, mayHaveToken, mediaAnswer, type MediaFile } from './media.ts';
import type { CallButton } from './messages.ts';
import { permissionAnswer } from './permission.ts';
import { settingsAnswer, settingsBody, settingsOf } from './settings.ts';
import { numberAnswer, standingRequests, subscribedAppsAnswer, tokenAnswer } from './standing.ts';
import { templatesAnswer, type TemplatesPage } from './templates.ts';

/** What differs between Meta and 360dialog. */
interface Dialect {
  routes: CloudRoutes;
  sender: SenderOptions;
  templates: z.ZodType<TemplatesPage>;
  recording?: (() => RecordingUse | undefined) | undefined;
  /**
   * Whether people with a user name but no number can be reached
   * (docs/providers/meta.md#call-actions: `recipient`).
   */
  userIds: boolean;
  /** Whether voicemail is known to be passed on. */
  voicemail: boolean;
}

/** Meta has no call forwarding. */
const SETTINGS = ['calling', 'iconVisible', 'iconCountries', 'hours', 'callback'] as const;

/** More pages than any account has: stops at a server whose list never ends. */
const MAX_TEMPLATE_PAGES = 50;

/** One number whose provider speaks Meta's Cloud API; used by consoles and by the relay. */
export class CloudClient implements CallClient {
  protected readonly sender: Sender;
  readonly #requests: ReturnType<typeof cloudRequests>;
  readonly #pageOfTemplates: z.ZodType<TemplatesPage>;
  readonly #userIds: boolean;
  readonly #voicemail: boolean;

  constructor({ routes, sender, templates, recording, userIds, voicemail }: Dialect) {
    this.sender = new Sender(sender);
    this.#requests = cloudRequests(routes, recording);
    this.#pageOfTemplates = templates;
    this.#userIds = userIds;
    this.#voicemail = voicemail;
  }

  async place(call: {
    to: Recipient;
    sdp: string;
    callbackData: string;
  }): Promise<Answer<{ providerCallId: string }>> {
    if (!this.#reaches(call.to)) return noNumber;
    const request = this.#requests.connect(call);
    const answer = await this.sender.query(policies.place, request, placedAnswer);
    return answer.ok ? { ok: true, value: { providerCallId: answer.value.calls[0].id } } : answer;
  }

  preAccept(providerCallId: string, sdp: string): Promise<Answer> {
    return this.#command(policies.preAccept, this.#requests.preAccept(providerCallId, sdp));
  }

  accept(providerCallId: string, sdp: string): Promise<Answer> {
    return this.#command(policies.accept, this.#requests.accept(providerCallId, sdp));
  }

  reject(providerCallId: string): Promise<Answer> {
    return this.#command(policies.end, this.#requests.reject(providerCallId));
  }

  /**
   * Ending a call that has already ended is not an error: the other side was faster
   * (docs/providers/meta.md#call-actions).
   */
  async terminate(providerCallId: string): Promise<Answer> {
    const answer = await this.#command(policies.end, this.#requests.terminate(providerCallId));
    return !answer.ok && isOver(answer.error) ? done : answer;
  }

  async permission(to: Recipient): Promise<Answer<z.infer<typeof permissionAnswer>>> {
    if (!this.#reaches(to)) return noNumber;
    return this.sender.query(policies.read, this.#requests.permission(to), permissionAnswer);
  }

  requestPermission(to: Recipient, text: string): Promise<Answer<{ messageId: string }>> {
    return this.#send(to, this.#requests.requestPermission(to, text));
  }

  sendText(to: Recipient, text: string, replyTo?: string): Promise<Answer<{ messageId: string }>> {
    return this.#send(to, this.#requests.sendText(to, text, replyTo));
  }

  sendTemplate(to: Recipient, template: TemplateUse): Promise<Answer<{ messageId: string }>> {
    return this.#send(to, this.#requests.sendTemplate(to, template));
  }

  sendContactRequest(to: Recipient, text: string): Promise<Answer<{ messageId: string }>> {
    return this.#send(to, this.#requests.sendContactRequest(to, text));
  }

  sendCallButton(to: Recipient, button: CallButton): Promise<Answer<{ messageId: string }>> {
    return this.#send(to, this.#requests.sendCallButton(to, button));
  }

  /** All approved templates that the console can fill in. */
  async templates(): Promise<Answer<readonly Template[]>> {
    const found: Template[] = [];
    let after: string | undefined;
    for (let page = 0; page < MAX_TEMPLATE_PAGES; page++) {
      const request = this.#requests.templates(after);
      const answer = await this.sender.query(policies.read, request, this.#pageOfTemplates);
      if (!answer.ok) return answer;
      found.push(...answer.value.templates);
      ({ after } = answer.value);
      if (after === undefined) break;
    }
    return { ok: true, value: found };
  }

  /** Where a recording, a transcript or a message's file is, and its size. */
  media(mediaId: string): Promise<Answer<MediaFile>> {
    return this.sender.query(policies.read, this.#requests.media(mediaId), mediaAnswer);
  }

  async settings(): Promise<Answer<NumberSettings>> {
    const answer = await this.sender.query(
      policies.read,
      this.#requests.settings(),
      settingsAnswer,
    );
    if (!answer.ok) return answer;
    const { voicemail, ...settings } = settingsOf(answer.value);
    return { ok: true, value: { ...settings, ...(this.#voicemail && { voicemail }) } };
  }

  async changeSettings(change: SettingsChange): Promise<Answer> {
    const has = this.#voicemail ? ([...SETTINGS, 'voicemail'] as const) : SETTINGS;
    const refused = partsRefused('WhatsApp', change, has);
    if (refused) return refused;
    return this.#command(policies.change, this.#requests.updateSettings(settingsBody(change)));
  }

  #command(policy: Policy, request: ApiRequest) {
    return this.sender.command(policy, request, successAnswer);
  }

  #reaches({ waId, userId }: Recipient): boolean {
    return Boolean(waId) || (this.#userIds && Boolean(userId));
  }

  async #send(to: Recipient, request: ApiRequest): Promise<Answer<{ messageId: string }>> {
    if (!this.#reaches(to)) return noNumber;
    const answer = await this.sender.query(policies.message, request, messageAnswer);
    return answer.ok ? { ok: true, value: { messageId: answer.value.messages[0].id } } : answer;
  }
}

export interface MetaClientOptions extends ClientPorts {
  /** API root without version; Meta's own by default. */
  apiBase?: string | undefined;
  /** E.g. `v26.0`; by default the version this app was built for. */
  apiVersion?: string | undefined;
  phoneNumberId: string;
  /** For templates and totals. The relay needs neither. */
  wabaId?: string | undefined;
  /** Kept only in this object. */
  accessToken: string;
  /** Added to every call; Meta records nothing by default. */
  recording?: (() => RecordingUse | undefined) | undefined;
}

/** One number at Meta's Cloud API. */
export class MetaClient extends CloudClient {
  readonly #own: { base: string; wabaId: string; phoneNumberId: string; apiVersion: string };
  readonly #accessToken: string;
  /** A refusal of its requests says nothing about the number's token. */
  readonly #aside: Sender;

  constructor(options: MetaClientOptions) {
    const { apiBase = DEFAULT_API_BASE, apiVersion = DEFAULT_API_VERSION } = options;
    const { phoneNumberId, wabaId = '', accessToken, recording, ...rest } = options;
    const { fetch, log, clock, onAnswer } = rest;
    const base = `${apiBase.replace(/\/+$/, '')}/${apiVersion}`;
    const sender: SenderOptions = {
      provider: 'meta',
      base,
      key: accessToken,
      errorOf: metaErrorOf,
      fetch,
      log,
      clock,
      onAnswer,
    };
    super({
      routes: metaRoutes(phoneNumberId, wabaId),
      sender,
      templates: templatesAnswer,
      recording,
      userIds: true,
      voicemail: true,
    });
    this.#own = { base, wabaId, phoneNumberId, apiVersion };
    this.#accessToken = accessToken;
    this.#aside = new Sender({ ...sender, onAnswer: undefined });
  }

  /** Where the number's webhooks go, and its messaging limit. */
  number() {
    const { phoneNumberId, apiVersion } = this.#own;
    const request = standingRequests.number(phoneNumberId, apiVersion);
    return this.#aside.query(policies.read, request, numberAnswer);
  }

  /** Whether any app receives the account's webhooks. */
  isSubscribed(): Promise<Answer<boolean>> {
    const request = standingRequests.subscribedApps(this.#own.wabaId);
    return this.#aside.query(policies.read, request, subscribedAppsAnswer);
  }

  /** Lets the token's app receive the account's webhooks. */
  subscribe(): Promise<Answer> {
    const request = standingRequests.subscribe(this.#own.wabaId);
    return this.#aside.command(policies.change, request, successAnswer);
  }

  /** What Meta says of our token. */
  token() {
    const request = standingRequests.token(this.#accessToken);
    return this.#aside.query(policies.read, request, tokenAnswer);
  }

  /** The URL is valid for 5 minutes with the account's token. */
  override async media(mediaId: string): Promise<Answer<MediaFile>> {
    const answer = await super.media(mediaId);
    if (!answer.ok || mayHaveToken(answer.value.url, this.#own.base)) return answer;
    return failed(
      'foreign-media',
      t('ownMessages.fileElsewhere', { host: hostOf(answer.value.url) }),
    );
  }

  /** Uploads the announcement of a voicemail, Ogg/Opus. */
  async uploadAnnouncement(sound: Uint8Array): Promise<Answer<{ mediaId: string }>> {
    const request = metaRequests.uploadAnnouncement(this.#own.phoneNumberId, sound);
    const answer = await this.sender.query(policies.upload, request, uploadedAnswer);
    return answer.ok ? { ok: true, value: { mediaId: answer.value.id } } : answer;
  }

  /** Daily totals by direction and country. `from`, `to`: Unix ms; `number`: digits. */
  analytics(span: { from: number; to: number; number: string }) {
    const { from, to, number } = span;
    const seconds = { from: Math.floor(from / 1000), to: Math.ceil(to / 1000), number };
    const request = metaRequests.analytics(this.#own.wabaId, seconds);
    return this.sender.query(policies.read, request, analyticsAnswer);
  }
}

/**
 * Meta documents this case without a code (docs/providers/meta.md#call-actions, #unknown), so only
 * the message identifies it.
 */
function isOver({ message, details }: ProviderError): boolean {
  return /terminated|ended|completed/i.test(`${message} ${details ?? ''}`);
}
