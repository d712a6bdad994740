/** A message template with the values of its body. */
export interface TemplateUse {
  name: string;
  language: string;
  values: readonly string[];
}

/** `template` works outside the service window, too. */
export type PermissionRequest =
  | { kind: 'free-form'; text: string }
  | { kind: 'template'; template: TemplateUse };

/** A template that WhatsApp has approved. */
export interface Template {
  name: string;
  language: string;
  category: string;
  /** The body with `{{1}}` placeholders. */
  body: string;
  /** How many values it takes. */
  values: number;
  /** Whether it asks for permission to call. */
  asksPermission: boolean;
}

/** Sums over a span of time, which is all that Meta tells of costs. Times are Unix ms, `cost` in the account's currency. */
export interface AnalyticsPoint {
  from: number;
  to: number;
  direction?: 'inbound' | 'outbound' | undefined;
  country?: string | undefined;
  count: number;
  cost?: number | undefined;
  averageSeconds?: number | undefined;
}
