import { act } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { Recordings } from '../../../../../../src/renderer/features/history/recordings/recordings.tsx';
import { storeSnapshot } from '../../../../../../src/renderer/state/snapshot-store.ts';
import type { RecordingView } from '../../../../../../src/shared/ipc/recordings.ts';
import { snapshot } from '../../../fixtures.ts';
import { stubGranting } from '../../../fake-main.ts';
import { setNarrow } from '../../../window-width.ts';
import { page, root } from '../../../page.ts';

setNarrow(false);
const asked = vi.fn<(name: string, input: unknown) => void>();

beforeEach(() => {
  storeSnapshot(snapshot());
  asked.mockClear();
  stubGranting((name, input) => {
    asked(name, input);
    return null;
  });
});

function draw(recording: Partial<RecordingView>): string {
  const whole: RecordingView = {
    id: 'r1',
    source: 'relay',
    state: 'expected',
    legalHold: false,
    tracks: [],
    marks: [],
    hasPeaks: false,
    ...recording,
  };
  act(() => root.render(<Recordings call={{ id: 'c1', recordings: [whole], listens: [] }} />));
  return page.textContent;
}
const buttons = () => [...page.querySelectorAll('button')].map(({ textContent }) => textContent);

it('a recording that an agent had deleted says who it was, and cannot be fetched', () => {
  expect(draw({ state: 'erased', deletedBy: 'Ben' })).toContain(
    'Ben had it deleted during the call.',
  );
  expect(buttons()).toEqual([]);
  expect(draw({ state: 'erased' })).toContain('Deleted.');
});

it('a recording that the relay has can be fetched', () => {
  expect(draw({})).toContain('The relay has it.');
  act(() => page.querySelector('button')?.click());
  expect(asked).toHaveBeenCalledWith('recordings.retry', { recordingId: 'r1' });
});

it('a recording of this console says why it is not here, and has nowhere to be fetched from', () => {
  const source = 'console';
  expect(draw({ source })).toContain('Recorded on this computer, and not stored yet.');
  const why = 'its key is not on this computer, tell your admin';
  expect(draw({ source, state: 'failed', why })).toContain(`Not here yet: ${why}.`);
  expect(buttons()).toEqual([]);
});

it('a legal hold is shown wherever the recording is, but not once it is gone', () => {
  for (const state of ['expected', 'failed'] as const) {
    expect(draw({ state, legalHold: true })).toContain('On legal hold: it is not deleted.');
  }
  expect(draw({ state: 'erased' })).not.toContain('legal hold');
});
