import { act } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { RecordingLine } from '../../../../../src/renderer/features/call-card/recording-line.tsx';
import type { CallRecording } from '../../../../../src/shared/recording/state.ts';
import { connectedCall } from '../../fixtures.ts';
import { stubGranting } from '../../fake-main.ts';
import { page, root } from '../../page.ts';

const NOW = Date.UTC(2026, 10, 30, 12);
const asked = vi.fn<(name: string, input: unknown) => void>();

beforeEach(() => {
  asked.mockClear();
  stubGranting((name, input) => {
    asked(name, input);
    return null;
  });
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

it('a recording is stopped and kept, or stopped and deleted, after a question', async () => {
  draw({ step: 'paused', until: NOW + 30_000 });
  for (const [choice, discard] of [
    ['Stop, and keep what was recorded', false],
    ['Stop, and delete what was recorded', true],
  ] as const) {
    const trigger = buttons().find(({ textContent }) => textContent === 'Stop recording');
    await act(async () => trigger?.click());
    const chosen = () =>
      [...document.querySelectorAll('button')].find(({ textContent }) => textContent === choice);
    await expect.poll(chosen).toBeDefined();
    await act(async () => chosen()?.click());
    expect(asked).toHaveBeenLastCalledWith('calls.stop-recording', {
      callId: 'support/w2',
      discard,
    });
    await act(async () => trigger?.click());
  }
  draw({ step: 'over', stopped: 'deleted' });
  expect(buttons()).toEqual([]);
  expect(page.textContent).toBe('Recording stopped for the rest of this call, and deleted');
});

it('a customer who objects before it begins is not recorded', async () => {
  draw({ step: 'asking' });
  await act(async () => buttons()[1]?.click());
  expect(asked).toHaveBeenLastCalledWith('calls.stop-recording', {
    callId: 'support/w2',
    discard: true,
  });
});

it('what the provider records can be neither paused nor stopped, which the card says', () => {
  draw({ step: 'on' }, 'provider');
  expect(buttons()).toEqual([]);
  expect(page.querySelector('output')?.className).not.toContain('visually-hidden');
  expect(page.textContent).toContain('neither paused nor stopped');
});
