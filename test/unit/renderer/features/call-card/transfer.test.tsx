import { act } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TransferButtons } from '../../../../../src/renderer/features/call-card/transfer-buttons.tsx';
import type { MediaPath } from '../../../../../src/shared/providers/media-path.ts';
import { connectedCall } from '../../fixtures.ts';
import { setNarrow } from '../../window-width.ts';
import { stubGranting } from '../../fake-main.ts';
import { page, root } from '../../page.ts';

setNarrow(false);
stubGranting(() => null);
const nothing = () => undefined;
const draw = (path: MediaPath) =>
  act(() =>
    root.render(
      <TransferButtons
        call={connectedCall({ path })}
        teammates={[]}
        teams={[{ name: 'Sales', members: 2, reachable: 1 }]}
        onHoldChange={nothing}
        onTransfer={nothing}
      />,
    ),
  );
const transfer = () => {
  const found = [...page.querySelectorAll('button')].find(({ textContent }) =>
    textContent.startsWith('Transfer'),
  );
  if (!found) throw new Error('no Transfer');
  return found;
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('a call of the relay goes to teammates and teams, and the dialog says why to nobody else', () => {
  draw('relayed');
  vi.advanceTimersByTime(1000);
  act(() => transfer().click());
  expect(document.body.textContent).toContain(
    'No WhatsApp provider can pass a live call on to an outside number',
  );
});

it.each(['direct', 'streamed'] as const)('a %s call says why it cannot be transferred', (path) => {
  draw(path);
  expect(transfer().getAttribute('aria-disabled')).toBe('true');
  act(() => transfer().click());
  expect(document.querySelector('[role=dialog]')).toBeNull();
  const reason = transfer().getAttribute('aria-describedby');
  expect(reason && document.getElementById(reason)?.textContent).toMatch(/not available|cannot/);
});
