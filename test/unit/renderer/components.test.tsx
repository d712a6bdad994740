import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, type ReactNode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CustomerPane } from '../../../src/renderer/app/customer-pane.tsx';
import { Dock } from '../../../src/renderer/app/dock.tsx';
import { EchoTry } from '../../../src/renderer/app/echo-try.ts';
import { AudioProvider } from '../../../src/renderer/app/audio.tsx';
import { RingPopup } from '../../../src/renderer/app/ring-popup.tsx';
import { CallDetail } from '../../../src/renderer/features/history/call-detail.tsx';
import { IncomingCard } from '../../../src/renderer/features/incoming/incoming-card.tsx';
import { Headsets } from '../../../src/renderer/media/headset.ts';
import { Ringtone } from '../../../src/renderer/media/ringtone.ts';
import { Softphone } from '../../../src/renderer/media/softphone.ts';
import { useUi } from '../../../src/renderer/state/ui.ts';
import { storeSnapshot, useSnapshotStore } from '../../../src/renderer/state/snapshot-store.ts';
import type { HistoryDetail } from '../../../src/shared/ipc/history.ts';
import {
  connectedCall,
  historyDetail,
  historyRow,
  ringingCall,
  settings,
  snapshot,
} from './fixtures.ts';
import { setNarrow } from './window-width.ts';
import { stubMain } from './fake-main.ts';
import { page, root } from './page.ts';

setNarrow(false);

const draw = (what: ReactNode) => act(() => root.render(what));
const button = (name: string) => {
  const found = [...page.querySelectorAll('button')].find((one) =>
    (one.getAttribute('aria-label') ?? one.textContent).startsWith(name),
  );
  if (!found) throw new Error(`no button ${name} in ${page.textContent}`);
  return found;
};

describe('the card of a ringing call', () => {
  const request = vi.fn<(name: string, input: object) => Promise<unknown>>(() =>
    Promise.resolve({ ok: true, value: null }),
  );
  const about = { callId: ringingCall().id };
  const card = (changes: Partial<Parameters<typeof IncomingCard>[0]> = {}) => (
    <IncomingCard
      call={ringingCall()}
      busy={false}
      shortcuts={{ accept: settings.acceptShortcut, decline: settings.declineShortcut }}
      {...changes}
    />
  );
  beforeEach(() => {
    vi.clearAllMocks();
    stubMain(request);
  });

  it('shows the caller, our number and the country', () => {
    draw(card());
    const text = page.textContent;
    for (const part of ['Ana Souza', '+55 11 95550 1234', 'Brazil', 'Support', 'Bruno, Carla']) {
      expect(text).toContain(part);
    }
    act(() => button('Accept').click());
    act(() => button('Decline').click());
    expect(request.mock.calls).toEqual([
      ['calls.accept', about],
      ['calls.decline', about],
    ]);
  });

  it('has what becomes of it spoken: its region is in the page from the first ring', () => {
    draw(card());
    const region = page.querySelector('output');
    expect(region?.textContent).toBe('');
    const { phase } = ringingCall();
    if (phase.name !== 'ringing') throw new Error('it does not ring');
    draw(card({ call: ringingCall({ phase: { ...phase, declined: { until: 0 } } }) }));
    expect(region?.textContent).toBe('Declined');
    const reason = { kind: 'answered-elsewhere', by: 'Bea' } as const;
    draw(card({ call: ringingCall({ phase: { name: 'ended', at: 0, reason } }) }));
    expect(region?.textContent).toBe('Answered by Bea');
    expect(page.querySelector('output')).toBe(region);
  });

  it('blocks Accept during another call and says why', () => {
    draw(card({ busy: true }));
    const accept = button('Accept');
    act(() => accept.click());
    expect(request).not.toHaveBeenCalled();
    expect(accept.getAttribute('aria-disabled')).toBe('true');
    const reason = document.querySelector(`[id="${accept.getAttribute('aria-describedby')}"]`);
    expect(reason?.textContent).toMatch(/End your call/);
  });

  it('U13 prints shortcuts only on buttons they work for', () => {
    draw(card());
    expect(button('Accept').textContent).toContain('Alt A');
    draw(card({ busy: true }));
    expect(button('Accept').textContent).not.toContain('Alt');
    expect(button('Decline').textContent).toContain('Alt D');
    draw(card({ shortcuts: {} }));
    expect(page.textContent).not.toContain('Alt');
  });

  it('U1 Undo and Esc take a decline back', () => {
    const phase = { name: 'ringing', deadlineAt: Date.now() + 9000, ready: true } as const;
    draw(
      card({ call: ringingCall({ phase: { ...phase, declined: { until: Date.now() + 3000 } } }) }),
    );
    expect(page.textContent).toContain('Declined');
    expect(page.textContent).not.toContain('Accept');
    expect(document.activeElement).toBe(button('Undo'));
    act(() => button('Undo').click());
    expect(request.mock.calls).toEqual([['calls.undo-decline', about]]);
  });

  it('U12 Silence works once and disappears', () => {
    draw(card());
    act(() => button('Silence').click());
    expect(request.mock.calls).toEqual([['calls.silence', about]]);
    const phase = { name: 'ringing', deadlineAt: Date.now() + 9000, ready: true } as const;
    draw(card({ call: ringingCall({ phase: { ...phase, silenced: true } }) }));
    expect(page.textContent).toContain('Silenced here');
    expect(() => button('Silence')).toThrow(/no button/);
  });

  it('says that it is silent in wrap-up, and who else can answer, and still offers Accept', () => {
    draw(card({ wrappingUp: true, call: ringingCall({ alsoRings: ['Bea'] }) }));
    expect(page.textContent).toContain('Silent while you wrap up · Also ringing: Bea');
    expect(() => button('Silence')).toThrow(/no button/);
    expect(button('Accept').getAttribute('aria-disabled')).toBeNull();
  });

  it('shows a microphone problem and still offers Accept', () => {
    const phase = {
      name: 'ringing',
      deadlineAt: Date.now() + 9000,
      ready: false,
      mediaProblem: 'no-microphone',
    } as const;
    draw(card({ call: ringingCall({ phase }) }));
    expect(page.textContent).toContain('No microphone was found');
    expect(button('Accept').getAttribute('aria-disabled')).toBeNull();
  });

  it('shows why the call ended and has no buttons left', () => {
    const reason = { kind: 'answered-elsewhere', by: 'Bea' } as const;
    draw(card({ call: ringingCall({ phase: { name: 'ended', at: Date.now(), reason } }) }));
    expect(page.textContent).toContain('Answered by Bea');
    expect(page.querySelectorAll('button')).toHaveLength(0);
  });

  it('renders a hostile name as plain text', () => {
    const name = '<img src=x onerror=alert(1)>';
    draw(card({ call: ringingCall({ party: { name, waId: '5511955501234' } }) }));
    expect(page.querySelector('img')).toBeNull();
    expect(page.textContent).toContain(name);
  });
});

/** Nothing has a size here. */
class NoSizes {
  observe(): void {}
  disconnect(): void {}
}

describe('the dock', () => {
  const request = vi.fn<(name: string, input: unknown) => Promise<unknown>>(() =>
    Promise.resolve({ ok: true, value: null }),
  );
  const audio = {
    softphone: new Softphone({
      report: () => undefined,
      quality: () => undefined,
      sample: () => undefined,
      device: () => undefined,
      pcm: () => undefined,
      interrupted: () => undefined,
      recorder: () => undefined,
      recorded: () => undefined,
      startedAt: () => undefined,
    }),
    ringtone: new Ringtone(),
    headsets: new Headsets({
      hid: undefined,
      act: () => undefined,
      changed: () => undefined,
      now: () => 0,
    }),
    echo: new EchoTry(),
    handleUsable: () => undefined,
  };
  const dock = (
    <QueryClientProvider client={new QueryClient()}>
      <AudioProvider value={audio}>
        <Dock customer={() => null} />
      </AudioProvider>
    </QueryClientProvider>
  );
  beforeEach(() => {
    useSnapshotStore.setState({ snapshot: undefined });
    vi.stubGlobal('ResizeObserver', NoSizes);
    stubMain(request);
    request.mockClear();
  });

  it('shows the current and the waiting call, and their buttons act on each', () => {
    storeSnapshot(snapshot({ calls: [connectedCall(), ringingCall()] }));
    draw(dock);
    expect(page.querySelectorAll('article')).toHaveLength(2);
    expect(button('Accept').getAttribute('aria-disabled')).toBe('true');
    act(() => button('Mute').click());
    act(() => button('Hang up').click());
    const pressed = request.mock.calls.filter(([name]) => name.startsWith('calls.'));
    expect(pressed).toEqual([
      ['calls.mute', { callId: 'support/wacid.2', muted: true }],
      ['calls.hang-up', { callId: 'support/wacid.2' }],
    ]);
  });

  it('shows what the customer wrote last in the same frame as the ring', () => {
    // With the timeline still unread, and nothing known of earlier calls.
    stubMain(() => new Promise(() => undefined));
    storeSnapshot(snapshot({ revision: 1 }));
    draw(
      <QueryClientProvider client={new QueryClient()}>
        <AudioProvider value={audio}>
          <Dock customer={(call) => <CustomerPane call={call} />} />
          <RingPopup />
        </AudioProvider>
      </QueryClientProvider>,
    );
    const lastMessage = { type: 'text', text: 'It came broken', at: Date.now() - 10_000 };
    const call = ringingCall({ history: undefined, lastMessage });
    act(() => storeSnapshot(snapshot({ revision: 2, calls: [call] })));
    // The window was not let go meanwhile, so nothing was painted between the two.
    expect(page.textContent.match(/“.?It came broken.?”/gu)).toHaveLength(2);
    expect(page.textContent).not.toContain('First call');
  });

  it('announces a ringing call to screen readers at once', () => {
    storeSnapshot(snapshot({ calls: [ringingCall()] }));
    draw(dock);
    expect(page.querySelector('[role=alert]')?.textContent).toBe('Ana Souza is calling on Support');
  });

  it('keeps a card mounted while its call changes phase', () => {
    storeSnapshot(
      snapshot({ revision: 1, calls: [connectedCall({ phase: { name: 'accepting' } })] }),
    );
    draw(dock);
    const card = page.querySelector('article');
    act(() => storeSnapshot(snapshot({ revision: 2, calls: [connectedCall({ muted: true })] })));
    expect(page.querySelector('article')).toBe(card);
    expect(button('Unmute').getAttribute('aria-pressed')).toBe('true');
  });
});

/** Renders the details of a call once main has sent them. */
async function drawDetail(call: HistoryDetail): Promise<void> {
  const request = vi.fn<(name: string, input: unknown) => Promise<unknown>>((name) =>
    Promise.resolve({ ok: true, value: name === 'history.get' ? call : null }),
  );
  stubMain(request);
  storeSnapshot(snapshot({ revision: 99 }));
  draw(
    <QueryClientProvider client={new QueryClient()}>
      <CallDetail callId={call.id} notes={null} voicemail={() => null} onClose={() => undefined} />
    </QueryClientProvider>,
  );
  const turn = () => new Promise((resolve) => setTimeout(resolve, 10));
  while (page.querySelector('dt') === null) await act(turn);
}

it('call details are complete, and Call back dials from the number that was called', async () => {
  await drawDetail(historyDetail(historyRow(0)));
  expect(page.textContent).toContain('First audio from the customer');
  expect(page.textContent).toContain('Ana Souza hung up');
  expect(page.textContent).toContain('no effect: the call is over');
  act(() => button('Call back').click());
  expect(useUi.getState()).toMatchObject({
    view: 'calls',
    accountId: 'support',
    entry: { text: '+55 11 95550 1234' },
  });
});

it('call details omit an unknown cost, and a number that is also the name', async () => {
  const row = historyRow(0);
  const { waId } = row.party;
  await drawDetail({
    ...historyDetail(row),
    direction: 'outbound',
    talkSeconds: 6,
    bill: undefined,
    party: { waId },
  });
  const names = [...page.querySelectorAll('dt')].map((name) => name.textContent);
  expect(names).toContain('Talk time');
  expect(names).not.toContain('Cost');
  expect(page.querySelector('header')?.textContent.match(/95550 1234/g)).toHaveLength(1);
});

it('a bill lists each party’s part', async () => {
  await drawDetail({
    ...historyDetail(historyRow(0)),
    bill: { billable: '0.0056', meta: '0.00141' },
  });
  const cost = [...page.querySelectorAll('dt')].find((name) => name.textContent === 'Cost');
  expect(cost?.nextElementSibling?.textContent).toContain('0.0056 USD billed by the provider');
});
