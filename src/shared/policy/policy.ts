import { z } from 'zod';
import { languageTags } from '../i18n/languages.ts';
import { t } from '../i18n/i18n.ts';
import type { PolicyView } from '../ipc/snapshot.ts';
import type { Settings } from '../ipc/settings.ts';
import { screenPopProblem } from '../links/screen-pop.ts';
import { addressProblem } from '../protocol/encrypted-url.ts';

/** Said when a problem is reported, so that it follows the language. */
const oneOf = (...known: readonly string[]) => ({
  error: () => t('policy.oneOf', { known: known.map((one) => `"${one}"`).join(', ') }),
});

/** The registry has no truth values: 1 and 0 stand for them. */
const flag = z
  .union([z.boolean(), z.literal(0), z.literal(1)], { error: () => t('policy.flag') })
  .transform(Boolean);

const choice = <const T extends readonly [string, ...string[]]>(...known: T) =>
  z.enum(known, oneOf(...known));

const address = (kind: 'http' | 'ws') =>
  z.string().superRefine((text, check) => {
    const problem = addressProblem(text, kind);
    if (problem === undefined) return;
    check.addIssue({ code: 'custom', message: t('profile.quoted', { text, problem }) });
  });

const days = z.int({ error: () => t('policy.days') }).refine((n) => n >= 1 && n <= 3_650, {
  error: () => t('policy.days'),
});

const percent = z.number({ error: () => t('policy.percent') }).refine((n) => n > 0 && n < 100, {
  error: () => t('policy.percent'),
});

const web = z.url({ protocol: /^https?$/, error: () => t('policy.webAddress') });

const proxy = z.string().refine(
  (text) => {
    if (text === 'system' || text === 'none') return true;
    if (!URL.canParse(text)) return false;
    const { protocol, hostname, pathname, username } = new URL(text);
    // A password does not belong into a file that everybody can read.
    if (hostname === '' || username !== '' || !/^\/?$/.test(pathname)) return false;
    return /^(https?|socks4|socks5):$/.test(protocol);
  },
  { error: () => t('policy.proxy') },
);

const screenPop = z.strictObject({
  address: z.string().refine((text) => text === '' || screenPopProblem(text) === undefined, {
    error: () => t('policy.screenPop'),
  }),
  name: z.string().max(40).default(''),
  onAccept: flag.default(true),
});

/** What an organisation may set; each field on its own, so that a wrong one leaves the others. */
export const policyGroups = {
  relay: z.object({
    /** Where consoles connect, whatever their profiles say. */
    url: address('ws'),
  }),
  route: z.object({
    /** In place of the system's proxy. */
    proxy,
    /** In place of the system's proxy. */
    pacUrl: web,
    /** `turn`: sound to and from the relay always passes a TURN server. */
    media: choice('any', 'turn'),
    /** What is asked to recognise a captive portal, by plain HTTP; `off`: nothing. */
    portalCheck: z.union([z.literal('off'), web], { error: () => t('policy.webAddress') }),
  }),
  recording: z.object({
    /** False: WhatsApp is never asked to record. */
    allowed: flag,
  }),
  /** The organisation's own service for transcripts and summaries, which speaks OpenAI's protocol. */
  transcripts: z.object({
    /** Its address, up to and without `/v1`; without it nothing is written down. */
    server: address('http'),
    speechModel: z.string().min(1),
    /** Without it no summaries are written. */
    summaryModel: z.string().min(1),
  }),
  retention: z.object({
    /** Ended calls, with what was written down about them, are deleted here after this long. */
    callDays: days,
  }),
  /** In per cent of customers' calls in seven days. */
  pickUp: z.object({
    /** The agent is warned, on every number that picks up fewer. */
    warnBelow: percent,
    /** Outgoing calls of such a number are held back. */
    holdBelow: percent,
    /** Fewer calls in these days say nothing. */
    atLeast: z.int({ error: () => t('policy.calls') }).refine((n) => n >= 1 && n <= 100_000, {
      error: () => t('policy.calls'),
    }),
  }),
  updates: z.object({
    /** False: the console neither looks for updates nor installs any. */
    enabled: flag,
    channel: choice('stable', 'beta'),
    server: address('http'),
    /** The end of a shift, in local time: from then on an update cannot be put off. */
    forceAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: () => t('policy.time') }),
  }),
  /** False turns a feature off. */
  features: z.object({
    demo: flag,
    export: flag,
    localApi: flag,
    screenPop: flag,
  }),
  /** The agent's settings that they can see but not change. */
  settings: z.object({
    theme: choice('system', 'light', 'dark'),
    language: choice('system', ...languageTags),
    defaultCountry: z.string().regex(/^[A-Z]{2}$/, { error: () => t('policy.country') }),
    showRingWindow: flag,
    showNotification: flag,
    announceMessages: flag,
    ringdeskLinks: flag,
    localApi: flag,
    screenPop,
  }),
} as const;

type Groups = typeof policyGroups;
type GroupName = keyof Groups;

/** An organisation's settings for its consoles; what is missing is left to the agent. */
export type Policy = { readonly [G in GroupName]?: Readonly<Partial<z.output<Groups[G]>>> };

export type Feature = keyof z.output<Groups['features']>;

/** Settings that a policy can lock. */
export type LockableSetting = keyof z.output<Groups['settings']> & keyof Settings;

const wholePolicy = z.object({
  relay: policyGroups.relay.partial().optional(),
  route: policyGroups.route.partial().optional(),
  recording: policyGroups.recording.partial().optional(),
  transcripts: policyGroups.transcripts.partial().optional(),
  retention: policyGroups.retention.partial().optional(),
  pickUp: policyGroups.pickUp.partial().optional(),
  updates: policyGroups.updates.partial().optional(),
  features: policyGroups.features.partial().optional(),
  settings: policyGroups.settings.partial().optional(),
});

/**
 * Checks a policy as it was read. Each wrong key is left out and named; the others apply.
 *
 * @returns problems as `key: what is wrong`
 */
export function parsePolicy(raw: unknown): { policy: Policy; problems: readonly string[] } {
  const problems: string[] = [];
  const read: Record<string, Record<string, unknown>> = {};
  if (!isGroup(raw)) return { policy: {}, problems: [t('policy.notAGroup')] };
  for (const [group, fields] of Object.entries(raw)) {
    const known = isGroupName(group) ? policyGroups[group].shape : undefined;
    if (known === undefined) {
      problems.push(said(group, t('policy.unknown')));
    } else if (!isGroup(fields)) {
      problems.push(said(group, t('policy.notAGroup')));
    } else {
      read[group] = readGroup(group, new Map(Object.entries(known)), fields, problems);
    }
  }
  return { policy: wholePolicy.parse(read), problems };
}

function readGroup(
  group: string,
  known: ReadonlyMap<string, z.ZodType>,
  fields: Readonly<Record<string, unknown>>,
  problems: string[],
): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    const parsed = known.get(key)?.safeParse(value);
    if (parsed?.success) {
      read[key] = parsed.data;
      continue;
    }
    const [issue] = parsed?.error.issues ?? [];
    const place = [group, key, ...(issue?.path ?? [])].map(String).join('.');
    problems.push(said(place, issue === undefined ? t('policy.unknown') : whyOf(issue)));
  }
  return read;
}

function whyOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return t('profile.unknownKeys', { keys: issue.keys.map((key) => `“${key}”`).join(', ') });
  }
  // Our own sentences; zod's are English and only about types.
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) {
    return t('profile.wrongType', { type: issue.expected });
  }
  return issue.message;
}

function said(key: string, why: string): string {
  return t('policy.problem', { key, why });
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isGroupName(name: string): name is GroupName {
  return Object.hasOwn(policyGroups, name);
}

/** Of each key the first policy's that has it. */
export function mergePolicies(policies: readonly Policy[]): Policy {
  const merged: Record<string, Record<string, unknown>> = {};
  for (const policy of policies.toReversed()) {
    for (const [group, fields] of Object.entries(policy)) {
      merged[group] = { ...merged[group], ...fields };
    }
  }
  return wholePolicy.parse(merged);
}

/** @returns the view for windows; undefined without any policy */
export function policyView(policy: Policy, sources: readonly string[]): PolicyView | undefined {
  if (sources.length === 0) return undefined;
  const features = wholePolicy.shape.features.unwrap().keyof().options;
  const lockable = wholePolicy.shape.settings.unwrap().keyof().options;
  return {
    sources,
    locked: lockable.filter((key) => appliedSettings(policy)[key] !== undefined),
    off: [
      ...features.filter((feature) => policy.features?.[feature] === false),
      ...(policy.recording?.allowed === false ? (['recording'] as const) : []),
    ],
  };
}

/** The agent's settings that the policy sets, also through a feature that is off. */
export function appliedSettings(
  policy: Policy,
): Readonly<Partial<Pick<Settings, LockableSetting>>> {
  const { features, settings } = policy;
  return {
    ...settings,
    ...(features?.localApi === false && { localApi: false }),
    ...(features?.screenPop === false && {
      screenPop: { address: '', name: '', onAccept: false },
    }),
  };
}
