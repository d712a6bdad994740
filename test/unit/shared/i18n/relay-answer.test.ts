import { afterEach, expect, it } from 'vitest';
import { i18n } from '../../../../src/shared/i18n/i18n.ts';
import { relayAnswer } from '../../../../src/shared/i18n/relay-answer.ts';

afterEach(() => i18n.setLanguage('en'));

const refusal = { code: 'token-unknown', message: 'This token is not known.' };

it('a refusal of the relay is shown as it is in English, else by its code', async () => {
  expect(relayAnswer(refusal)).toBe('This token is not known.');
  await i18n.setLanguage('en-XA');
  expect(relayAnswer(refusal)).toMatch(/^⟦Ţĥîš ţöķéñ/);
  expect(relayAnswer({ code: 'constructor', message: 'New words' })).toBe('New words');
});
