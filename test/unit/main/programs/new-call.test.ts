import { describe, expect, it } from 'vitest';
import { NewCall } from '../../../../src/main/programs/new-call.ts';
import type { AppEvent } from '../../../../src/shared/ipc/events.ts';
import type { LiveCall } from '../../../../src/shared/ipc/live-call.ts';
import { connectedCall, ringingCall, snapshot } from '../../renderer/fixtures.ts';
import { memoryLog } from '../fixtures.ts';

/** A console whose window is behind another program's. */
function desk({ calls = [] as LiveCall[], selection = '', isCopied = false } = {}) {
  const events: AppEvent[] = [];
  const said: string[] = [];
  const state = { visible: true, focused: false };
  let shown = 0;
  const log = memoryLog();
  const newCall = new NewCall({
    window: {
      show: () => void (shown += 1),
      send: (event) => void events.push(event),
      state,
    },
    snapshot: () => snapshot({ calls }),
    selected: { read: async () => selection, isCopied },
    say: async ({ body }) => {
      said.push(body);
      return true;
    },
    log,
  });
  newCall.handleReady();
  return { newCall, events, said, state, log, shown: () => shown };
}

const filled = ([event]: AppEvent[]) => (event?.type === 'new-call' ? event.filled : event);

describe('a link that another program opens', () => {
  it('fills New call, and brings the window to the front', () => {
    const { newCall, events, shown } = desk();
    newCall.openLink('tel:+5511987654321;ext=7');
    expect(filled(events)).toMatchObject({
      number: '+5511987654321',
      extension: '7',
      isQuiet: false,
    });
    expect(shown()).toBe(1);
  });

  it.each([
    ['rings', ringingCall()],
    ['is on', connectedCall()],
    ['is placed', connectedCall({ direction: 'outbound', phase: { name: 'calling' } })],
  ])('changes nothing on the screen while a call %s', (_, call) => {
    const { newCall, events, shown } = desk({ calls: [call] });
    newCall.openLink('tel:+5511987654321');
    newCall.openLink('tel:*21*123%23');
    expect(filled(events)).toMatchObject({ number: '+5511987654321', isQuiet: true });
    expect(shown()).toBe(0);
  });

  it('comes to the front again once the call is over', () => {
    const ended = connectedCall({
      phase: { name: 'ended', at: Date.now(), reason: { kind: 'agent-hung-up' } },
    });
    const { newCall, shown } = desk({ calls: [ended] });
    newCall.openLink('tel:+5511987654321');
    expect(shown()).toBe(1);
  });

  it.each([
    ['support', { accountId: 'support' }],
    ['%2B551150201234', { accountId: 'support' }],
    ['+55 11 5020-1234', { accountId: 'support' }],
    ['sales', { unknownFrom: 'sales' }],
  ])('from %s calls from %j', (from, expected) => {
    const { newCall, events } = desk();
    newCall.openLink(`ringdesk:call?number=+5511987654321&from=${from}`);
    expect(filled(events)).toMatchObject(expected);
  });

  it('says why it has no number', () => {
    const { newCall, events, shown } = desk();
    newCall.openLink('tel:*21*5511987654321%23');
    expect([events, shown()]).toEqual([[{ type: 'no-number', why: 'service-code' }], 1]);
  });

  it('waits for the page, and for the next one after a crash; the last link wins', () => {
    const { newCall, events } = desk();
    newCall.handleGone();
    newCall.openLink('tel:+5511987654321');
    newCall.openLink('tel:+5521987654321');
    expect(events).toEqual([]);
    newCall.handleReady();
    newCall.handleReady();
    expect(events).toHaveLength(1);
    expect(filled(events)).toMatchObject({ number: '+5521987654321' });
  });

  it('leaves no number in the log', () => {
    const { newCall, log } = desk();
    newCall.openLink('tel:+5511987654321');
    expect(log.lines.join('\n')).toContain('…321');
    expect(log.lines.join('\n')).not.toContain('98765');
  });
});

describe('the key for the selected number', () => {
  it.each([
    ['Call me: (11) 98765-4321, thanks', { number: '+5511987654321', several: false }],
    ['+1 202 555 0143', { number: '+12025550143' }],
    ['+1 202 555 0143 or +55 11 98765-4321', { number: '+12025550143', several: true }],
    ['https://wa.me/5511987654321', { number: '+5511987654321' }],
    [`+5511987654321 ${'and so on '.repeat(100_000)}`, { number: '+5511987654321' }],
  ])('takes %.40s', async (selection, expected) => {
    const { newCall, events, said } = desk({ selection });
    await newCall.takeSelection();
    expect(filled(events)).toMatchObject({ ...expected, isQuiet: false });
    expect(said).toEqual([]);
  });

  it.each([
    ['', false, 'nothing-selected'],
    ['  \n', true, 'nothing-copied'],
    ['no number', false, 'none-in-selection'],
    ['tel:*21*5511987654321#', false, 'service-code'],
    ['x'.repeat(3_000_000), false, 'none-in-selection'],
  ])('says that %.20j names nobody, also outside the window', async (selection, isCopied, why) => {
    const { newCall, events, said, shown, log } = desk({ selection, isCopied });
    await newCall.takeSelection();
    expect(events).toEqual([{ type: 'no-number', why }]);
    expect(said).toHaveLength(1);
    expect(shown()).toBe(0);
    expect(log.lines.join('')).not.toContain('98765');
  });

  it('needs no notification while the agent looks at the window', async () => {
    const { newCall, events, said, state } = desk();
    state.focused = true;
    await newCall.takeSelection();
    expect([events.length, said]).toEqual([1, []]);
  });
});
