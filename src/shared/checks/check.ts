import type { Key, Values } from '../i18n/keys.ts';
import type { Finding } from '../rules/findings.ts';
import type { CheckId } from './ids.ts';

/** One thing that must be right for a number to ring, to be heard, or to call. */
export type Check = { id: CheckId } & CheckState;

export type CheckState =
  | { state: 'ok'; says: CheckText }
  /** It works, but not for everybody, or not for much longer. */
  | { state: 'warning'; says: CheckText; repair: Repair }
  | { state: 'fault'; says: CheckText; repair: Repair }
  /** Nobody has said yet, or nobody can be asked now. */
  | { state: 'unknown'; says: CheckText; repair?: Repair | undefined }
  /** The number has no such thing, or its provider does not tell. */
  | { state: 'not-applicable'; says: CheckText };

/** A sentence. Values whose names end in `At` are Unix ms. */
export type CheckText =
  | { key: SaysKey; values?: Values | undefined }
  | Pick<Finding, 'code' | 'values'>;

type NameIn<Group extends string> =
  Extract<Key, `${Group}.${string}`> extends infer K
    ? K extends `${Group}.${infer Name}`
      ? Name
      : never
    : never;
export type SaysKey = NameIn<'checks.says'>;
export type LineKey = NameIn<'checks.lines'>;

/** What puts it right. */
export type Repair =
  /** Done here. */
  | { kind: 'button'; action: RepairAction }
  /** For the admin, to copy: a sentence. */
  | { kind: 'line'; line: LineKey; values?: Values | undefined }
  /** For the admin, to copy: a command. */
  | { kind: 'command'; command: string };

export const repairActions = [
  'try-now',
  'import-profile',
  'switch-calling-on',
  'show-icon',
  'subscribe',
  'number-settings',
  'audio-settings',
  'import-prices',
  'test-network',
  'test-ring',
  'hear-yourself',
] as const;
export type RepairAction = (typeof repairActions)[number];

/** A state with its sentence. */
export const ok = (key: SaysKey, values?: Values): CheckState => ({
  state: 'ok',
  says: { key, values },
});
export const unknown = (key: SaysKey, values?: Values, repair?: Repair): CheckState => ({
  state: 'unknown',
  says: { key, values },
  repair,
});
export const notApplicable = (key: SaysKey, values?: Values): CheckState => ({
  state: 'not-applicable',
  says: { key, values },
});
export const warning = (says: CheckText, repair: Repair): CheckState => ({
  state: 'warning',
  says,
  repair,
});
export const fault = (says: CheckText, repair: Repair): CheckState => ({
  state: 'fault',
  says,
  repair,
});

export const button = (action: RepairAction): Repair => ({ kind: 'button', action });
export const line = (key: LineKey, values?: Values): Repair => ({
  kind: 'line',
  line: key,
  values,
});
export const command = (text: string): Repair => ({ kind: 'command', command: text });
