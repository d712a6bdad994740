import type { CloudNumber } from '../config.ts';
import type { Customer } from '../customers/directory.ts';
import type { Notice, World } from '../providers.ts';
import { Recordings } from './recordings.ts';
import { type CallingSettings, initialSettings } from './settings.ts';

type Restriction = Extract<Notice, { what: 'restriction' }>;

/** One number of the Cloud API as WhatsApp knows it, whoever sells it. */
export class BusinessNumber {
  readonly account: CloudNumber;
  readonly world: World;
  readonly recordings: Recordings;
  settings: CallingSettings;
  restrictions: readonly Restriction[] = [];
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

  /** Calling needs a number that may write to 2,000 customers a day (facts 5). */
  mayCall(): boolean {
    return this.account.messagingLimit >= 2000;
  }

  takesCalls(): boolean {
    return this.settings.status === 'ENABLED' && this.settings.sip?.status !== 'ENABLED';
  }

  /** Whether a restriction in force names calls in this direction. */
  restricted(direction: 'BUSINESS_INITIATED' | 'USER_INITIATED'): boolean {
    const now = this.world.clock.now();
    return this.restrictions.some(
      ({ type, expiresAt }) => type.includes(direction) && (expiresAt ?? Infinity) > now,
    );
  }

  /** A number wins over a BSUID (facts 1.1). Whoever was never heard of has WhatsApp too. */
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
