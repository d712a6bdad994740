import type { Direction } from '../direction.ts';
import type { CloudNumber } from '../config.ts';
import type { Customer } from '../customers/directory.ts';
import type { Notice, World } from '../providers.ts';
import { Recordings } from './recordings.ts';
import { type CallingSettings, initialSettings } from './settings.ts';

type Restriction = Extract<Notice, { what: 'restriction' }>;

/**
 * Restrictions that forbid calls (docs/providers/meta.md#settings-and-account-webhooks); another
 * one only hides the call button.
 */
const FORBIDDING: Readonly<Record<Direction, readonly string[]>> = {
  'business-initiated': [
    'RESTRICTED_BUSINESS_INITIATED_CALLING',
    'RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING',
  ],
  'user-initiated': [
    'RESTRICTED_USER_INITIATED_CALLING',
    'RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING',
  ],
};

/** One Cloud API number as WhatsApp knows it, at Meta or at a reseller. */
export class BusinessNumber {
  readonly account: CloudNumber;
  readonly world: World;
  readonly recordings: Recordings;
  /** Uploaded announcements of a voicemail by media id. */
  readonly announcements = new Map<string, { type: string; content: Buffer }>();
  settings: CallingSettings;
  restrictions: readonly Restriction[] = [];
  /** Whether the app is subscribed to the WABA's webhooks. Webhooks are sent regardless. */
  subscribed = true;
  /** Sends `account_settings_update` with what changed. */
  readonly settingsChanged: (changes: Record<string, unknown>) => void;

  constructor(
    account: CloudNumber,
    world: World,
    settingsChanged: (changes: Record<string, unknown>) => void,
  ) {
    this.account = account;
    this.world = world;
    this.recordings = new Recordings(world);
    this.settings = { ...initialSettings, status: this.mayCall() ? 'ENABLED' : 'DISABLED' };
    this.settingsChanged = settingsChanged;
  }

  /**
   * Calling needs a number that may write to 2,000 customers a day (docs/providers/meta.md#limits).
   */
  mayCall(): boolean {
    return this.messagingLimit() >= 2000;
  }

  /** How many customers a day it may write to. */
  messagingLimit(): number {
    const { messagingLimit } = this.world.switchboard.faultsOf(undefined).api;
    return messagingLimit > 0 ? messagingLimit : this.account.messagingLimit;
  }

  /** A recording, a transcript, an announcement, or a file in a customer's message. */
  fileOf(id: string): { type: string; content: Buffer } | undefined {
    const sent = this.world.chats.file(this.account.id, id);
    if (sent) return { type: sent.mime, content: sent.content };
    return this.recordings.find(id) ?? this.announcements.get(id);
  }

  takesCalls(): boolean {
    const { status, sip } = this.settings;
    return status === 'ENABLED' && sip?.status !== 'ENABLED' && !this.restricted('user-initiated');
  }

  /** Whether an active restriction forbids calls in this direction. */
  restricted(direction: Direction): boolean {
    const now = this.world.clock.now();
    return this.restrictions.some(
      ({ type, expiresAt }) =>
        FORBIDDING[direction].includes(type) && (expiresAt ?? Infinity) > now,
    );
  }

  /**
   * A number takes precedence over a BSUID (docs/providers/meta.md#call-actions). Unknown people
   * have WhatsApp too.
   */
  receiver(wanted: {
    to?: string | undefined;
    recipient?: string | undefined;
  }): Customer | undefined {
    const { directory } = this.world;
    if (wanted.to !== undefined) return directory.findOrAdd({ waId: wanted.to });
    return wanted.recipient === undefined
      ? undefined
      : directory.findOrAdd({ bsuid: wanted.recipient });
  }
}
