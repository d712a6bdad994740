import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { DateField } from '../../../../src/renderer/ui/date-field.tsx';
import { i18n } from '../../../../src/shared/i18n/i18n.ts';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
afterEach(() => i18n.setLanguage('en'));

it.each(['pt-BR', 'es', 'id', 'ar'] as const)('is typed as %s writes dates', async (language) => {
  await i18n.setLanguage(language);
  const page = document.createElement('div');
  const root = createRoot(page);
  act(() => root.render(<DateField type="date" label="Day" value="2026-11-29" readOnly />));
  const field = page.querySelector('input');
  expect(field?.type).toBe('date');
  expect(field?.lang).toBe(i18n.locale());
  expect(new Intl.Locale(field?.lang ?? '').language).toBe(language.slice(0, 2));
  act(() => root.unmount());
});
