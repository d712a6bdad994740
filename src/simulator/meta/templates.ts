/**
 * The message templates that every number here has, in Meta's words
 * (docs/providers/meta.md#permission-request, #call-button).
 */
export const templates = [
  {
    id: '594425479261596',
    name: 'order_update',
    language: 'en',
    status: 'APPROVED',
    category: 'UTILITY',
    parameter_format: 'POSITIONAL',
    components: [
      {
        type: 'BODY',
        text: 'Hello {{1}}, your order {{2}} is on its way.',
        example: { body_text: [['Ana', '991']] },
      },
    ],
  },
  {
    id: '594425479261597',
    name: 'may_we_call',
    language: 'en',
    status: 'APPROVED',
    category: 'UTILITY',
    parameter_format: 'POSITIONAL',
    components: [
      {
        type: 'BODY',
        text: 'Hello {{1}}, may we call you about your request?',
        example: { body_text: [['Ana']] },
      },
      { type: 'call_permission_request' },
    ],
  },
  {
    id: '594425479261598',
    name: 'call_us',
    language: 'en',
    status: 'APPROVED',
    category: 'MARKETING',
    parameter_format: 'POSITIONAL',
    components: [
      { type: 'BODY', text: 'Talk to us on WhatsApp.' },
      { type: 'BUTTONS', buttons: [{ type: 'voice_call', text: 'Call now', ttl_minutes: 1440 }] },
    ],
  },
  {
    id: '594425479261599',
    name: 'spring_sale',
    language: 'en',
    status: 'PENDING',
    category: 'MARKETING',
    parameter_format: 'POSITIONAL',
    components: [{ type: 'BODY', text: 'Our sale has begun.' }],
  },
] as const;

type Template = (typeof templates)[number];

export const findTemplate = (name: string, language: string): Template | undefined =>
  templates.find(
    (one) => one.name === name && one.language === language && one.status === 'APPROVED',
  );

export const asksPermission = ({ components }: Template): boolean =>
  components.some(({ type }) => type === 'call_permission_request');

const bodyOf = ({ components }: Template): string =>
  components.flatMap((one) => (one.type === 'BODY' ? [one.text] : [])).join('\n');

export const valuesTaken = (template: Template): number =>
  new Set(bodyOf(template).match(/\{\{\d+\}\}/g)).size;

/** The body as the customer reads it. */
export const filledIn = (template: Template, values: readonly string[]): string =>
  bodyOf(template).replaceAll(/\{\{(\d+)\}\}/g, (_, at: string) => values[Number(at) - 1] ?? '');
