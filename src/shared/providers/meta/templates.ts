import { z } from 'zod';
import type { Template } from '../requests.ts';

const upper = z.string().transform((value) => value.toUpperCase());

const component = z.looseObject({
  type: upper,
  format: upper.optional().catch(undefined),
  text: z.string().optional().catch(undefined),
  buttons: z
    .array(z.looseObject({ type: upper, url: z.string().optional().catch(undefined) }))
    .optional()
    .catch(undefined),
});

const row = z.object({
  name: z.string().min(1),
  language: z.string().min(1),
  category: z.string().catch(''),
  status: upper,
  parameter_format: upper.optional().catch(undefined),
  components: z.array(component),
});

/**
 * Approved templates the console can fill in: only the body has values, and they are numbered.
 * Unreadable rows are skipped.
 */
function sendable(rows: readonly unknown[]): Template[] {
  return rows.flatMap((item) => {
    const read = row.safeParse(item);
    return read.success ? (templateOf(read.data) ?? []) : [];
  });
}

/** Undefined if not approved, or if it needs values the console does not ask for. */
function templateOf(template: z.infer<typeof row>): Template | undefined {
  const { name, language, category, status, parameter_format, components } = template;
  const body = components.find(({ type }) => type === 'BODY')?.text;
  if (status !== 'APPROVED' || parameter_format === 'NAMED' || body === undefined) return undefined;
  if (components.some(needsMore)) return undefined;
  const numbers = Array.from(body.matchAll(/\{\{(\d+)\}\}/g), ([, digits]) => Number(digits));
  return {
    name,
    language,
    category,
    body,
    values: Math.max(0, ...numbers),
    asksPermission: components.some(({ type }) => type === 'CALL_PERMISSION_REQUEST'),
  };
}

function needsMore({ type, format, text = '', buttons = [] }: z.infer<typeof component>): boolean {
  switch (type) {
    case 'HEADER':
      return format !== 'TEXT' || text.includes('{{');
    case 'BUTTONS':
      return buttons.some(
        ({ type: kind, url = '' }) =>
          url.includes('{{') || ['COPY_CODE', 'FLOW', 'OTP', 'CATALOG', 'MPM'].includes(kind),
      );
    case 'CAROUSEL':
    case 'LIMITED_TIME_OFFER':
      return true;
    default:
      return false;
  }
}

/** One page of Meta's list; `after` is the cursor of the next. */
export const templatesAnswer = z
  .object({
    data: z.array(z.unknown()),
    paging: z
      .object({
        cursors: z.object({ after: z.string().optional() }).optional(),
        next: z.string().optional(),
      })
      .optional()
      .catch(undefined),
  })
  .transform(({ data, paging }) => ({
    templates: sendable(data),
    after: paging?.next === undefined ? undefined : paging.cursors?.after,
  }));

/** 360dialog's list, which is complete and has lower-case states. */
export const d360TemplatesAnswer = z
  .object({ waba_templates: z.array(z.unknown()) })
  .transform(({ waba_templates: rows }) => ({ templates: sendable(rows), after: undefined }));

/** A page from either provider. */
export interface TemplatesPage {
  templates: readonly Template[];
  after?: string | undefined;
}
