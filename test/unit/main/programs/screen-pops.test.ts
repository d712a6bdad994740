import { describe, expect, it, vi } from 'vitest';
import { ScreenPops } from '../../../../src/main/programs/screen-pops.ts';
import { Notices } from '../../../../src/main/snapshot/notices.ts';
import type { ScreenPop } from '../../../../src/shared/links/screen-pop.ts';
import type { Snapshot } from '../../../../src/shared/ipc/snapshot.ts';
import { ringingCall, settings, snapshot } from '../../renderer/fixtures.ts';
import { memoryLog } from '../fixtures.ts';

const own: ScreenPop = {
  address: 'https://crm.example.com/?phone={number}&order={payload}',
  name: 'CRM',
  onAccept: true,
};
const call = ringingCall({ payload: 'order 7' });
const filled = 'https://crm.example.com/?phone=%2B5511955501234&order=order%207';

function desk(pop: ScreenPop = own, more: Partial<Snapshot> = {}) {
  let now = snapshot({ settings: { ...settings, screenPop: pop }, calls: [call], ...more });
  const log = memoryLog();
  const open = vi.fn<(address: string) => Promise<void>>(async () => undefined);
  const notices = new Notices(
    () => 0,
    () => undefined,
  );
  const pops = new ScreenPops({ open, snapshot: () => now, notices, log });
  /** The call goes through these phases. */
  const go = async (...names: ('ringing' | 'accepting' | 'connected' | 'gone')[]) => {
    for (const name of names) {
      const phase = name === 'connected' || name === 'accepting' ? { name } : call.phase;
      now = { ...now, calls: name === 'gone' ? [] : [{ ...call, phase }] };
      pops.handleSnapshot(now);
      await Promise.resolve();
    }
  };
  return { pops, open, notices, log, go };
}

describe('the page about a customer', () => {
  it('opens once, when the agent has the call', async () => {
    const { open, go } = desk();
    await go('ringing', 'ringing', 'accepting');
    expect(open).not.toHaveBeenCalled();
    await go('connected', 'connected');
    expect(open.mock.calls).toEqual([[filled]]);
  });

  it.each([
    ['a teammate took it', ['ringing', 'accepting', 'ringing', 'gone']],
    ['it was already on when the console started', ['connected', 'connected']],
  ] as const)('does not open when %s', async (_, phases) => {
    const { open, go } = desk();
    await go(...phases);
    expect(open).not.toHaveBeenCalled();
  });

  it.each([
    ['the agent wants it by hand', { ...own, onAccept: false }],
    ['there is none', { ...own, address: '' }],
  ])('does not open by itself when %s', async (_, pop) => {
    const { open, go } = desk(pop);
    await go('ringing', 'connected');
    expect(open).not.toHaveBeenCalled();
  });

  it('is the profile’s, whatever the agent set before', async () => {
    const lockedScreenPop = { ...own, address: 'https://other.example.com/{digits}' };
    const { pops, open } = desk(own, { lockedScreenPop });
    await pops.open(call.id);
    expect(open).toHaveBeenCalledWith('https://other.example.com/5511955501234');
  });

  it('opens by hand, and says why it cannot', async () => {
    const { pops, open, log } = desk();
    await pops.open(call.id);
    expect(open).toHaveBeenCalledWith(filled);
    open.mockRejectedValue(new Error(`no browser for ${filled}`));
    await expect(pops.open(call.id)).rejects.toThrow(/could not be opened: no browser/);
    expect(log.lines.join()).not.toContain('5511955501234');
    await expect(pops.open('nobody')).rejects.toMatchObject({ error: { code: 'no-such-call' } });
    await expect(desk({ ...own, address: '' }).pops.open(call.id)).rejects.toThrow(/No address/);
  });

  it('says in a notice that it did not open by itself, until it does', async () => {
    const { open, notices, go } = desk();
    open.mockRejectedValueOnce(new Error('no browser'));
    await go('ringing', 'connected');
    await expect.poll(() => notices.list()).toMatchObject([{ code: 'screen-pop-failed' }]);
    await go('gone', 'ringing', 'connected');
    await expect.poll(() => notices.list()).toEqual([]);
  });
});
