import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  d360TemplatesAnswer,
  templatesAnswer,
} from '../../../../../src/shared/providers/meta/templates.ts';
import { nearly } from '../d360/mutations.ts';

const body = { type: 'BODY', text: 'May we call you, {{1}}? It is about {{2}}.' };
const template = {
  name: 'call_perm_v1',
  language: 'en',
  category: 'UTILITY',
  status: 'APPROVED',
  components: [body, { type: 'call_permission_request' }],
};
const read = (...data: unknown[]) => templatesAnswer.parse({ data }).templates;
const withParts = (...components: unknown[]) => ({
  ...template,
  components: [body, ...components],
});

describe('reading message templates', () => {
  test('recognises one that asks for call permission', () => {
    expect(read(template)).toEqual([
      {
        name: 'call_perm_v1',
        language: 'en',
        category: 'UTILITY',
        body: body.text,
        values: 2,
        asksPermission: true,
      },
    ]);
  });

  test('recognises one that does not', () => {
    const [found] = read({ ...template, components: [{ type: 'BODY', text: 'Hello' }] });
    expect(found).toMatchObject({ values: 0, asksPermission: false });
  });

  test.each([
    ['waits for approval', { ...template, status: 'PENDING' }],
    ['has named values', { ...template, parameter_format: 'NAMED' }],
    ['wants a picture', withParts({ type: 'HEADER', format: 'IMAGE' })],
    ['wants a value in its header', withParts({ type: 'HEADER', format: 'TEXT', text: '{{1}}' })],
    [
      'wants a value in a button',
      withParts({ type: 'BUTTONS', buttons: [{ type: 'URL', url: 'https://a.example/{{1}}' }] }),
    ],
    ['is a carousel', withParts({ type: 'CAROUSEL' })],
    ['has no body', { ...template, components: [] }],
    ['is not one', 'template'],
  ])('leaves out one that %s', (_, row) => {
    expect(read(row, template)).toHaveLength(1);
  });

  test('accepts a call button and a plain header', () => {
    const buttons = { type: 'BUTTONS', buttons: [{ type: 'VOICE_CALL', text: 'Call' }] };
    const header = { type: 'HEADER', format: 'TEXT', text: 'Hello' };
    expect(read(withParts(header, buttons, { type: 'FOOTER', text: 'Bye' }))).toHaveLength(1);
  });

  test('returns the cursor only when there is a next page', () => {
    const cursors = { before: 'a', after: 'b' };
    expect(templatesAnswer.parse({ data: [], paging: { cursors } }).after).toBeUndefined();
    const paging = { cursors, next: 'https://graph.facebook.com/next' };
    expect(templatesAnswer.parse({ data: [], paging }).after).toBe('b');
  });

  test('reads 360dialog’s list with lower-case states', () => {
    const waba_templates = [{ ...template, status: 'approved' }, { name: 'odd' }];
    expect(d360TemplatesAnswer.parse({ waba_templates, count: 2 }).templates).toHaveLength(1);
  });

  test('reads or leaves out any entry', () => {
    fc.assert(
      fc.property(nearly([{ data: [template, withParts({ type: 'BUTTONS' })] }]), (answer) => {
        for (const one of templatesAnswer.safeParse(answer).data?.templates ?? []) {
          expect(one.values).toBeGreaterThanOrEqual(0);
        }
      }),
      { seed: 20_261_122, numRuns: 2000 },
    );
  });
});
