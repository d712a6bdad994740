import { t } from '../../../../../src/shared/i18n/i18n.ts';
import { act } from 'react';
import { beforeEach, expect, test } from 'vitest';
import { ExportButton } from '../../../../../src/renderer/features/history/export-button.tsx';
import { setNarrow } from '../../window-width.ts';
import { stubMain } from '../../fake-main.ts';
import { snapshot } from '../../fixtures.ts';
import { storeSnapshot } from '../../../../../src/renderer/state/snapshot-store.ts';
import { root } from '../../page.ts';

setNarrow(false);
let asked: { name: string; input: unknown }[];
let finish: (answer: unknown) => void;

beforeEach(async () => {
  asked = [];
  storeSnapshot(snapshot());
  stubMain((name, input) => {
    asked.push({ name, input });
    return name === 'export.calls'
      ? new Promise((resolve) => (finish = resolve))
      : Promise.resolve({ ok: true, value: null });
  });
  await act(async () => root.render(<ExportButton filter={{}} />));
  await press(t('exporting.export'));
});

async function press(name: string): Promise<void> {
  const button = [...document.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent) === name,
  );
  if (!button) throw new Error(`there is no button ${name}`);
  await act(async () => button.click());
}

test('X1 exports a workbook by default', async () => {
  await press(t('exporting.saveFile'));
  expect(asked[0]).toMatchObject({ name: 'export.calls', input: { format: 'xlsx' } });
});

test('V10 a running export can be cancelled and another started', async () => {
  await press(t('exporting.saveFile'));
  await press(t('exporting.cancelExport'));
  const [started, cancelled] = asked;
  expect(cancelled?.name).toBe('export.cancel');
  expect(started?.input).toMatchObject(cancelled?.input ?? {});
  await act(async () => finish({ ok: false, error: { code: 'cancelled', message: '' } }));
  await press(t('exporting.saveFile'));
  expect(asked.at(-1)?.name).toBe('export.calls');
});
