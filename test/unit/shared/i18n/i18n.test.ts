import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../../../src/shared/call/events.ts';
import * as en from '../../../../src/shared/i18n/en/index.ts';
import { createI18n } from '../../../../src/shared/i18n/i18n.ts';
import type { StorageTrouble } from '../../../../src/shared/ipc/storage.ts';
import type { CallProviderEvent } from '../../../../src/shared/providers/events.ts';

const { t, fill, lookUp, isKey, message, setLanguage, onLanguageChange } = createI18n();

/** Tables that are read by strings; the compiler checks that none misses a code. */
type TimelineKey<E> = E extends { from: 'provider' }
  ? `provider ${CallProviderEvent['kind']}`
  : E extends { from: infer From extends string; kind: infer Kind extends string }
    ? `${From} ${Kind}`
    : never;
en.timeline.kinds satisfies Record<TimelineKey<CallEvent>, string>;
en.storage.troubles satisfies Record<StorageTrouble, { what: string; next: string }>;

/** Every text by its key. */
function texts(table: object, prefix = ''): [key: string, text: string][] {
  return Object.entries(table).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string'
      ? [[`${prefix}${name}`, value] satisfies [string, string]]
      : texts(Object(value), `${prefix}${name}.`),
  );
}

describe('a text', () => {
  it('comes with its values', () => {
    expect(t('common.accept')).toBe('Accept');
    expect(t('callEnds.answeredBy', { name: 'Bea' })).toBe('Answered by Bea');
  });

  it('agrees with its count', () => {
    expect(t('common.calls', { count: 1 })).toBe('1 call');
    expect(t('common.calls', { count: 0 })).toBe('0 calls');
    expect(t('common.calls', { count: 2 })).toBe('2 calls');
  });

  it('joins names as the language does', () => {
    const numbers = (names: readonly string[]) =>
      t('workspaces.demoText', { numbers: names }).split(' will ')[0];
    expect(numbers(['A'])).toBe('Calls to A');
    expect(numbers(['A', 'B'])).toBe('Calls to A and B');
  });

  it('writes times and days, and no number of milliseconds', () => {
    const until = Date.UTC(2026, 11, 24, 12);
    expect(t('setUp.letter', { name: 'Bea', until })).toMatch(/until (24 Dec|Dec 24,) 2026/);
    for (const [key, text] of texts(en)) {
      const [, format] = /\{\{\w+, ?(\w+)\}\}/.exec(text) ?? [];
      if (format === undefined || format === 'list') continue;
      const moments = [...text.matchAll(/\{\{(\w+), ?\w+\}\}/g)].map(([, name]) => [name, until]);
      expect(isKey(key) && fill(key, Object.fromEntries(moments))).not.toMatch(/\d,\d{3},/);
    }
  });

  it('says what happened and what to do next', () => {
    expect(message('errors.busy')).toEqual({
      what: 'You are on another call',
      next: 'Hang up first',
    });
    expect(message('errors.cancelled')).toEqual({ what: 'Cancelled', next: undefined });
  });

  it('demands known keys and every value', () => {
    // @ts-expect-error: no such key
    expect(t('common.nonsense')).toBe('common.nonsense');
    // @ts-expect-error: the name is missing
    expect(t('callEnds.answeredBy')).toContain('{{name}}');
    // @ts-expect-error: a plural form is chosen by a number
    expect(t('common.calls', { count: '1' })).toBe('common.calls');
    // @ts-expect-error: another name
    expect(t('callEnds.answeredBy', { who: 'Bea' })).toContain('{{name}}');
  });
});

describe('a value', () => {
  it('U14 is isolated by every text, however deep', () => {
    const arabic = 'عبد الرحمن';
    expect(texts(en).length).toBeGreaterThan(1000);
    for (const [key, text] of texts(en)) {
      const base = key.replace(/_(one|other)$/, '');
      const names = [...text.matchAll(/\{\{(\w+)(, list)?\}\}/g)].filter(
        ([, name]) => base === key || name !== 'count',
      );
      const values: Record<string, string | number | string[]> = Object.fromEntries(
        names.map(([, name = '', list]) => [name, list ? [arabic] : `\u202e${arabic}`]),
      );
      if (base !== key) values['count'] = key.endsWith('_one') ? 1 : 2;
      if (!isKey(base)) throw new Error(`${base} is no key`);
      const filled = fill(base, values);
      expect(filled.split(`\u2068${arabic}\u2069`)).toHaveLength(names.length + 1);
      expect(filled).not.toContain('\u202e');
    }
  });

  it('written from right to left does not reverse the text around it', () => {
    expect(t('callEnds.answeredBy', { name: 'שרה' })).toBe('Answered by \u2068שרה\u2069');
    expect(t('callEnds.answeredBy', { name: '\u202eBea' })).toBe('Answered by Bea');
    expect(t('workspaces.demoText', { numbers: ['שרה', 'B'] })).toContain('\u2068שרה\u2069');
  });

  it.each(['{{name}}', '{{- name}}', '$t(common.accept)', '<b>&', '$&', '__proto__'])(
    'is text and nothing else: %s',
    (name) => {
      expect(t('callEnds.answeredBy', { name })).toBe(`Answered by ${name}`);
    },
  );

  it('is text and nothing else, whatever it is', () => {
    const anyText = fc.string({
      unit: fc.constantFrom('{', '}', '$', 't', '(', ')', ',', 'x', '-'),
    });
    fc.assert(
      fc.property(anyText, anyText, (name, note) => {
        expect(t('team.announceTransferNote', { agent: name, name: note, note: name })).toBe(
          `Transfer from ${name}: ${note}. Note: ${name}`,
        );
      }),
    );
  });

  it('that is missing leaves its placeholder', () => {
    expect(fill('callEnds.answeredBy', {})).toBe('Answered by {{name}}');
  });
});

describe('a code from outside', () => {
  it('has a text or none', () => {
    expect(lookUp('team.refusals', 'taken')).toBe('A teammate was faster');
    for (const code of ['', 'x', 'constructor', '__proto__', 'toString', 'a.b', 'refusals'])
      expect(lookUp('team.refusals', code)).toBeUndefined();
    expect(isKey('common.calls')).toBe(true);
    expect(isKey('common')).toBe(false);
  });
});

it('announces a change of language', async () => {
  let changes = 0;
  const stop = onLanguageChange(() => changes++);
  await setLanguage('en');
  expect(changes).toBe(1);
  stop();
  await setLanguage('en');
  expect(changes).toBe(1);
});

it('speaks the language that was asked for last, whichever is read first', async () => {
  const { language, setLanguage: speak } = createI18n();
  const spoken = [speak('ar'), speak('en-XA'), speak('en')];
  expect(language()).toBe('en');
  await Promise.all(spoken);
  expect(language()).toBe('en');
});
