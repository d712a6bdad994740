/** A message template with the values for its body. */
export interface TemplateUse {
  name: string;
  language: string;
  values: readonly string[];
}

/** `template` also works outside the service window. */
export type PermissionRequest =
  | { kind: 'free-form'; text: string }
  | { kind: 'template'; template: TemplateUse };

/** A template approved by WhatsApp. */
export interface Template {
  name: string;
  language: string;
  category: string;
  /** The body with `{{1}}` placeholders. */
  body: string;
  /** Number of values. */
  values: number;
  /** Whether it asks for call permission. */
  asksPermission: boolean;
}

/**
 * Totals over a time span, the only costs Meta reports. Times are Unix ms, `cost` is in the
 * account's currency.
 */
export interface AnalyticsPoint {
  from: number;
  to: number;
  direction?: 'inbound' | 'outbound' | undefined;
  country?: string | undefined;
  count: number;
  cost?: number | undefined;
  averageSeconds?: number | undefined;
}
