import type { Sourced } from './sourced.ts';

/** Kinds of number. Pilot Status has two, with different rules. */
export const providerIds = ['meta', 'd360', 'pilot-meta', 'pilot-web', 'zernio'] as const;
export type ProviderId = (typeof providerIds)[number];

/** Ways to send a permission request. */
export type RequestForm = 'free-form' | 'template';

/** What the rules need to know about a provider. */
export interface ProviderRules {
  /** Whether the customer must give permission before we may call. */
  permission: Sourced<'required' | 'not-needed'>;
  /** A free-form request needs an open customer service window; a template does not. */
  requestForms: Sourced<readonly RequestForm[]>;
  /** Whether the 24 h customer service window applies to free-form messages. */
  serviceWindow: Sourced<boolean>;
  /** Whether placing a call needs an open window. `disputed`: sources disagree. */
  callNeedsWindow: Sourced<'no' | 'disputed'>;
  /**
   * Messaging limit (business-initiated conversations in 24 h) that calling requires; `disputed` is
   * the higher figure of other pages. Never blocks: the provider answers with error 138015.
   */
  messagingLimit: Sourced<{ needed: number; disputed?: number | undefined } | undefined>;
  /** Concurrent calls, per business number or per WhatsApp Business Account. */
  concurrentCalls: Sourced<{ max: number; per: 'number' | 'account' } | undefined>;
  /** `minute`: may bill whole minutes, although Meta bills pulses of 6 s. */
  billing: Sourced<'pulse' | 'minute' | 'free'>;
}

const seen = '2026-11-22';

const meta: ProviderRules = {
  permission: { value: 'required', source: 'Meta, user call permissions', seen },
  requestForms: {
    value: ['free-form', 'template'],
    source: 'Meta, user call permissions',
    seen,
  },
  serviceWindow: { value: true, source: 'Meta, Calling API FAQ', seen },
  callNeedsWindow: {
    value: 'no',
    source: 'Meta, business-initiated calls: only the free-form permission request needs it',
    seen,
  },
  messagingLimit: { value: { needed: 2000 }, source: 'Meta, call settings; error 138015', seen },
  concurrentCalls: {
    value: { max: 1000, per: 'number' },
    source:
      'Meta, Calling API overview. Its FAQ of Sep 2026 also says 5,000: the lower one is safe.',
    seen,
  },
  billing: { value: 'pulse', source: 'Meta, pricing', seen },
};

/** Rules of every provider. A new provider starts from the one it resells. */
export const providers: Record<ProviderId, ProviderRules> = {
  meta,
  d360: {
    ...meta,
    callNeedsWindow: {
      value: 'disputed',
      source:
        '360dialog, Calling API: "must have an open customer service window"; Meta, whose endpoint it forwards to, does not ask for it',
      seen,
    },
    messagingLimit: {
      value: { needed: 1000, disputed: 2000 },
      source: '360dialog, Calling API: 1K; Meta: 2,000 (newer)',
      seen,
    },
    concurrentCalls: {
      value: { max: 1000, per: 'account' },
      source: '360dialog, Calling API: per WhatsApp Business Account',
      seen,
    },
  },
  'pilot-meta': {
    ...meta,
    requestForms: {
      value: ['free-form'],
      source:
        'Pilot Status, voice calls: only inside the window; its API sends no template request',
      seen,
    },
    messagingLimit: { value: { needed: 2000 }, source: 'Pilot Status, voice calls', seen },
  },
  'pilot-web': {
    permission: {
      value: 'not-needed',
      source: 'Pilot Status, voice calls: web numbers have no permission surface',
      seen,
    },
    requestForms: { value: [], source: 'Pilot Status, voice calls', seen },
    serviceWindow: {
      value: false,
      source: 'Pilot Status, voice calls: an unofficial number, outside the Cloud API',
      seen,
    },
    callNeedsWindow: { value: 'no', source: 'Pilot Status, voice calls', seen },
    messagingLimit: { value: undefined, source: 'Pilot Status, voice calls', seen },
    concurrentCalls: { value: undefined, source: 'not stated', seen },
    billing: { value: 'free', source: 'Pilot Status, voice calls: no Meta charge', seen },
  },
  zernio: {
    ...meta,
    requestForms: {
      value: ['free-form'],
      source: 'Zernio API types: the consent prompt needs an open window',
      seen,
    },
    messagingLimit: { value: { needed: 2000 }, source: 'Zernio, calling: TIER_2K', seen },
    billing: {
      value: 'minute',
      source: 'Zernio, calling: shows Meta’s charge by `metaMinutes`; Meta itself bills pulses',
      seen,
    },
  },
};
