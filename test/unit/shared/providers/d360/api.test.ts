import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { D360_API_BASE, d360ErrorOf } from '../../../../../src/shared/providers/d360/api.ts';
import * as en from '../../../../../src/shared/i18n/en/index.ts';
import {
  isKnownCode,
  providerErrorMessage,
} from '../../../../../src/shared/providers/error-words.ts';
import { nearly } from './mutations.ts';

test('360dialog requests go to the documented URL', () => {
  expect(D360_API_BASE).toBe('https://waba-v2.360dialog.io');
});

describe('a 360dialog error', () => {
  test.each([
    [400, { error: 'something is wrong' }, 'http-400', 'something is wrong', false],
    [401, { error: '(#138006) No approved permission' }, '138006', 'No approved permission', false],
    [500, { error: '(#138007) timed out' }, '138007', 'timed out', true],
    [400, { error: { code: 138013, message: '(#138013) country' } }, '138013', 'country', false],
    [429, { error: { code: '138002', message: 'busy' } }, '138002', 'busy', true],
    [400, { error: { message: 'Meta said 131044' } }, '131044', 'Meta said 131044', false],
    [403, { error: { message: 'no' } }, 'http-403', 'no', false],
    [503, '<html>', 'http-503', 'HTTP status 503', true],
    [404, undefined, 'http-404', 'HTTP status 404', false],
    [400, { error: [1] }, 'http-400', 'HTTP status 400', false],
  ])('is read from HTTP %i with %j', (status, body, code, message, transient) => {
    expect(d360ErrorOf(status, body)).toMatchObject({ code, message, transient });
  });

  test('takes no code from a number in running text', () => {
    expect(d360ErrorOf(400, { error: 'limit 100 of 138999 used, call 613' }).code).toBe('http-400');
    expect(d360ErrorOf(400, { error: '(#100) Invalid parameter' }).code).toBe('100');
  });

  test('has a message for any body', () => {
    const bodies = fc.oneof(
      fc.anything(),
      nearly([{ error: { code: 1, message: 'x', error_data: {} } }]),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        const { code, message } = d360ErrorOf(400, body);
        expect([typeof code, typeof message]).toEqual(['string', 'string']);
        expect(code).not.toBe('');
      }),
      { seed: 20_261_122, numRuns: 3000 },
    );
  });

  test('has our words for every code of Meta’s, and 360dialog’s own where they differ', () => {
    expect(
      Object.keys(en.providerErrors.meta).filter((code) => !isKnownCode('d360', code)),
    ).toEqual([]);
    expect(providerErrorMessage('d360', { code: '138015' })?.what).toContain('1,000');
    expect(providerErrorMessage('d360', { code: '138002' })?.what).toContain('account');
    for (const status of [401, 403, 404, 429])
      expect(en.providerErrors.d360).toHaveProperty([`http-${status}`]);
  });
});
