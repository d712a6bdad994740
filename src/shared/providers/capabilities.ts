import type { MediaPath } from './media-path.ts';
import type { ProviderId } from '../rules/data/providers.ts';

/** Whether a number can do something or why not, so a missing control can be explained. */
type Ability = 'available' | { missing: MissingReason };

export type MissingReason =
  | 'server-media'
  | 'official-numbers-only'
  | 'web-numbers-only'
  | 'no-permission-needed'
  | 'answered-at-destination'
  | 'not-offered'
  | 'aggregate-only'
  | 'no-charge'
  | 'written-elsewhere';

export interface Capabilities {
  /** How calls' audio travels. The relay can take over `direct` calls, which are then `relayed`. */
  path: Exclude<MediaPath, 'relayed'>;
  preAccept: Ability;
  accept: Ability;
  reject: Ability;
  hangUp: Ability;
  /** Checking the customer's permission. */
  permissions: Ability;
  permissionRequest: Ability;
  /** Reading and changing the number's calling settings. */
  settings: Ability;
  /** Letting callers leave a message. */
  voicemail: Ability;
  /** Uploading what such callers hear first. */
  announcement: Ability;
  /** Playing an audio file into the call. */
  play: Ability;
  /** The provider's price of a single call. */
  cost: Ability;
  /** Recordings made by the provider. */
  recording: Ability;
  /** Listing past calls, to fetch those no webhook reported. */
  callList: Ability;
  /** Writing to customers: text, templates, call buttons. */
  messages: Ability;
  /** The provider's price of a call in advance. */
  estimate: Ability;
  /** Totals of calls and costs over days. */
  analytics: Ability;
}

/** Whether programs learn what calls cost, call by call or in total. If not, the bills are entered by hand. */
export const reportsCharges = ({ cost, analytics }: Capabilities): boolean =>
  cost === 'available' || analytics === 'available';

const missing = (reason: MissingReason): Ability => ({ missing: reason });

/**
 * docs/providers/meta.md#endpoints, #analytics, #recording: every action by SDP, costs only as
 * totals.
 */
const meta: Capabilities = {
  path: 'direct',
  preAccept: 'available',
  accept: 'available',
  reject: 'available',
  hangUp: 'available',
  permissions: 'available',
  permissionRequest: 'available',
  settings: 'available',
  voicemail: 'available',
  announcement: 'available',
  play: missing('web-numbers-only'),
  cost: missing('aggregate-only'),
  recording: 'available',
  callList: missing('not-offered'),
  messages: 'available',
  estimate: missing('not-offered'),
  analytics: 'available',
};

/** Capabilities by kind of number. */
export const capabilities: Readonly<Record<ProviderId, Capabilities>> = {
  meta,
  /** docs/providers/d360.md: Meta's calls under other paths. Recording and voicemail are not documented. */
  d360: {
    ...meta,
    voicemail: missing('not-offered'),
    announcement: missing('not-offered'),
    recording: missing('not-offered'),
    analytics: missing('not-offered'),
  },
  /** docs/providers/pilot-status.md#endpoints, #not-there. */
  'pilot-meta': {
    ...meta,
    announcement: missing('not-offered'),
    cost: missing('not-offered'),
    recording: missing('not-offered'),
    callList: 'available',
    messages: missing('written-elsewhere'),
    analytics: missing('not-offered'),
  },
  /** docs/providers/pilot-status.md#number-kinds, #endpoints, #realtime-session. */
  'pilot-web': {
    path: 'streamed',
    preAccept: missing('server-media'),
    accept: 'available',
    reject: 'available',
    hangUp: 'available',
    permissions: missing('no-permission-needed'),
    permissionRequest: missing('no-permission-needed'),
    settings: missing('official-numbers-only'),
    voicemail: missing('official-numbers-only'),
    announcement: missing('official-numbers-only'),
    play: 'available',
    cost: missing('no-charge'),
    recording: missing('not-offered'),
    callList: 'available',
    messages: missing('written-elsewhere'),
    estimate: missing('no-charge'),
    analytics: missing('no-charge'),
  },
  /** docs/providers/zernio.md#overview, #endpoints. */
  zernio: {
    path: 'external',
    preAccept: missing('answered-at-destination'),
    accept: missing('answered-at-destination'),
    reject: missing('answered-at-destination'),
    hangUp: missing('answered-at-destination'),
    permissions: 'available',
    permissionRequest: 'available',
    settings: 'available',
    voicemail: missing('not-offered'),
    announcement: missing('not-offered'),
    play: missing('web-numbers-only'),
    cost: 'available',
    recording: 'available',
    callList: 'available',
    messages: missing('written-elsewhere'),
    estimate: 'available',
    analytics: missing('not-offered'),
  },
};

/** A Zernio number whose calls our relay answers, as Pilot Status does for web numbers. */
const throughRelay: Capabilities = {
  ...capabilities.zernio,
  path: 'streamed',
  preAccept: missing('server-media'),
  accept: 'available',
  reject: 'available',
  hangUp: 'available',
};

/** Capabilities of one number: those of its kind, adjusted by its account. */
export function capabilitiesOf(account: {
  provider: ProviderId;
  softphone?: 'relay' | undefined;
}): Capabilities {
  const { provider, softphone } = account;
  return provider === 'zernio' && softphone === 'relay' ? throughRelay : capabilities[provider];
}
