import { describe, expect, it } from 'vitest';
import { SoftphoneLink } from '../../../../src/main/windows/softphone.ts';
import type { AppEvent, MediaCommand } from '../../../../src/shared/ipc/events.ts';
import { memoryLog } from '../fixtures.ts';

describe('SoftphoneLink', () => {
  const command = (callId: string): MediaCommand => ({ do: 'live', callId });

  it('keeps commands until the softphone is ready', () => {
    const sent: AppEvent[] = [];
    const link = new SoftphoneLink({ send: (event) => sent.push(event) }, memoryLog());
    link.send(command('a'));
    expect(sent).toEqual([]);
    link.handleReady();
    link.send(command('b'));
    expect(sent).toEqual(['a', 'b'].map((id) => ({ type: 'media', command: command(id) })));
  });

  it('keeps commands sent after a page is gone for the next page', () => {
    const sent: AppEvent[] = [];
    const link = new SoftphoneLink({ send: (event) => sent.push(event) }, memoryLog());
    link.handleReady();
    expect(link.handleGone()).toBe(true);
    link.send(command('a'));
    // The new page starts to load, which loses nothing more.
    expect(link.handleGone()).toBe(false);
    expect(sent).toEqual([]);
    link.handleReady();
    expect(sent).toEqual([{ type: 'media', command: command('a') }]);
  });
});
