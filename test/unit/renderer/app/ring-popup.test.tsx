import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, onTestFinished, vi } from 'vitest';
import { RingPopup } from '../../../../src/renderer/app/ring-popup.tsx';
import { storeSnapshot } from '../../../../src/renderer/state/snapshot-store.ts';
import { useUi } from '../../../../src/renderer/state/ui.ts';
import { errorMessage } from '../../../../src/renderer/messages/errors.ts';
import { ringingCall, snapshot } from '../fixtures.ts';
import { setNarrow } from '../window-width.ts';
import { stubMain } from '../fake-main.ts';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

it('U17 the ring window shows why a press failed until one works', async () => {
  const page = document.createElement('div');
  const root = createRoot(page);
  onTestFinished(() => act(() => root.unmount()));
  setNarrow(false);
  useUi.setState({ toasts: [], pastMessages: [] });
  const error = { code: 'offline', message: '' } as const;
  const answers = [
    { ok: false, error },
    { ok: true, value: null },
  ];
  stubMain(() => Promise.resolve(answers.shift()));
  storeSnapshot(snapshot({ revision: 1, calls: [ringingCall({ id: 'acc/1' })] }));
  act(() => root.render(<RingPopup />));
  const accept = async () => {
    const button = [...page.querySelectorAll('button')].find((one) =>
      one.textContent?.includes('Accept'),
    );
    await act(async () => button?.click());
  };

  await accept();
  expect(page.textContent).toContain(errorMessage(error).what);
  act(() => storeSnapshot(snapshot({ revision: 2, calls: [ringingCall({ id: 'acc/2' })] })));
  expect(page.textContent).not.toContain(errorMessage(error).what);
  act(() => storeSnapshot(snapshot({ revision: 3, calls: [ringingCall({ id: 'acc/1' })] })));
  await accept();
  expect(page.textContent).not.toContain(errorMessage(error).what);
});
