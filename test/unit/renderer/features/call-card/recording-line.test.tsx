// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RecordingLine } from '../../../../../src/renderer/features/call-card/recording-line.tsx';
import type { CallRecording } from '../../../../../src/shared/recording/state.ts';
import { connectedCall } from '../../fixtures.ts';
import { stubGranting } from '../../fake-main.ts';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
const NOW = Date.UTC(2026, 10, 30, 12);
const asked = vi.fn<(name: string, input: unknown) => void>();
let root: Root;
let page: HTMLElement;

beforeEach(() => {
  asked.mockClear();
  stubGranting((name, input) => {
    asked(name, input);
    return null;
  });
  page = document.createElement('div');
  document.body.append(page);
  root = createRoot(page);
});
afterEach(() => {
  act(() => root.unmount());
  page.remove();
});

function draw(state: CallRecording['state'], by: CallRecording['by'] = 'console'): void {
  const call = connectedCall({ id: 'support/w2', recording: { by, state } });
  act(() => root.render(<RecordingLine call={call} now={NOW} />));
}
const buttons = () => [...page.querySelectorAll('button')];
/** As Enter does: a click without a pointer. */
const pressFocused = () =>
  act(async () => {
    if (document.activeElement instanceof HTMLButtonElement) document.activeElement.click();
  });

it('a recording is paused and continued by one button, which keeps the focus', async () => {
  draw({ step: 'on' });
  buttons()[0]?.focus();
  expect(document.activeElement?.textContent).toBe('Pause recording');
  await pressFocused();
  expect(asked).toHaveBeenLastCalledWith('calls.pause-recording', {
    callId: 'support/w2',
    paused: true,
  });

  draw({ step: 'paused', until: NOW + 30_000 });
  expect(page.textContent).toContain('Continues in 30 s');
  expect(document.activeElement?.textContent).toBe('Continue recording');
  await pressFocused();
  expect(asked).toHaveBeenLastCalledWith('calls.pause-recording', {
    callId: 'support/w2',
    paused: false,
  });
  // The pause may end by itself, too.
  draw({ step: 'on' });
  expect(document.activeElement?.textContent).toBe('Pause recording');
});

it('the agent confirms with the keyboard, and a second press pauses nothing', async () => {
  draw({ step: 'asking' });
  buttons()[0]?.focus();
  await pressFocused();
  expect(asked).toHaveBeenLastCalledWith('calls.confirm-recording', { callId: 'support/w2' });
  draw({ step: 'on' });
  await pressFocused();
  expect(asked).toHaveBeenCalledTimes(1);
});

it('what the provider records cannot be paused', () => {
  draw({ step: 'on' }, 'provider');
  expect(buttons()).toEqual([]);
});
