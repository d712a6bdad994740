// @vitest-environment jsdom
import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallCard } from '../../../src/renderer/features/call-card/call-card.tsx';
import { candidatesOf } from '../../../src/renderer/features/call-card/teammates.ts';
import { TransferButtons } from '../../../src/renderer/features/call-card/transfer-buttons.tsx';
import {
  TeamFacts,
  TransferProgress,
} from '../../../src/renderer/features/call-card/transfer-progress.tsx';
import { IncomingCard } from '../../../src/renderer/features/incoming/incoming-card.tsx';
import { toneOf } from '../../../src/renderer/media/sounding.ts';
import { errorWords, noticeSaid } from '../../../src/renderer/words.ts';
import type { LiveCall, TeamView } from '../../../src/shared/ipc/model.ts';
import {
  anchoredCall,
  connectedCall,
  ringingCall,
  settings,
  teamDesk,
  teammate,
} from './fixtures.ts';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
let root: Root;
let page: HTMLElement;

beforeEach(() => {
  page = document.createElement('div');
  document.body.append(page);
  root = createRoot(page);
});
afterEach(() => {
  act(() => root.unmount());
  page.remove();
  vi.useRealTimers();
});

const draw = (what: ReactNode) => act(() => root.render(what));
const within = (where: ParentNode, name: string) => {
  const found = [...where.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent) === name,
  );
  if (!found) throw new Error(`no button ${name} in ${where.textContent ?? ''}`);
  return found;
};
const reasonOf = (button: HTMLElement) =>
  document.querySelector(`[id="${button.getAttribute('aria-describedby')}"]`)?.textContent;
const dialog = () => {
  const found = document.querySelector('[role="dialog"]');
  if (!found) throw new Error('no dialog');
  return found;
};

describe('whom a call may go to', () => {
  it('lists who is busy, but not who is offline or takes none, and not ourselves', () => {
    const names = candidatesOf(teamDesk.team, 'bea').map(({ name }) => name);
    expect(names).toEqual(['Bruno Dias', 'Carla Nunes']);
  });
});

describe('transfer', () => {
  const onTransfer = vi.fn<(offer: object) => void>();
  const onPark = vi.fn<(on: boolean) => void>();
  const buttons = (call: LiveCall) => (
    <TransferButtons
      call={call}
      teammates={candidatesOf(teamDesk.team, 'bea')}
      onPark={onPark}
      onTransfer={onTransfer}
    />
  );
  beforeEach(() => vi.clearAllMocks());

  it('says why it cannot work in a direct call', () => {
    draw(buttons(connectedCall()));
    for (const name of ['Hold', 'Transfer']) {
      const button = within(page, name);
      expect(button.getAttribute('aria-disabled')).toBe('true');
      expect(reasonOf(button)).toMatch(/direct call/);
    }
  });

  it('offers the call with a note, blind or after talking', async () => {
    draw(buttons(anchoredCall()));
    act(() => within(page, 'Transfer').click());
    expect(reasonOf(within(dialog(), 'Transfer'))).toBe('Choose a teammate first');
    await act(async () => within(dialog(), 'Teammate').click());
    const options = [...document.querySelectorAll<HTMLElement>('[role="option"]')];
    expect(options.map((one) => one.textContent)).toEqual([
      'Bruno DiasSales · Available',
      'Carla NunesOn a call',
    ]);
    expect(options[1]?.getAttribute('aria-disabled')).toBe('true');
    await act(async () => options[0]?.click());
    act(() => within(dialog(), 'Talk to them first').click());
    expect(onTransfer).toHaveBeenCalledWith({ to: 'bruno', mode: 'consult', note: '' });
    expect(document.querySelector('[role="dialog"]')).toBeNull();
  });

  it('holds and resumes', () => {
    draw(buttons(anchoredCall()));
    act(() => within(page, 'Hold').click());
    draw(buttons(anchoredCall({ parked: true })));
    act(() => within(page, 'Resume').click());
    expect(onPark.mock.calls).toEqual([[true], [false]]);
  });
});

describe('a call on its way', () => {
  const onCancel = vi.fn<() => void>();
  const onComplete = vi.fn<() => void>();
  const progress = (team: Partial<TeamView>) => {
    const { team: view } = anchoredCall(team);
    if (!view) throw new Error('no team view');
    return <TransferProgress team={view} onCancel={onCancel} onComplete={onComplete} />;
  };
  beforeEach(() => vi.clearAllMocks());

  it('counts down to the relay’s deadline, and can be taken back', () => {
    vi.useFakeTimers();
    draw(progress({ asking: { to: 'Bruno', deadlineAt: Date.now() + 24_000 } }));
    expect(page.textContent).toContain('Transferring to Bruno, 24 s');
    act(() => void vi.advanceTimersByTime(10_000));
    expect(page.textContent).toContain('Transferring to Bruno, 14 s');
    act(() => void vi.advanceTimersByTime(20_000));
    expect(page.textContent).toContain('Transferring to Bruno, 0 s');
    act(() => within(page, 'Cancel transfer').click());
    expect(onCancel).toHaveBeenCalledOnce();
  });

  it('while consulting it is handed over or taken back by whoever had it', () => {
    draw(progress({ consulting: { with: 'Bruno', asked: false } }));
    act(() => within(page, 'Hand over').click());
    act(() => within(page, 'Take back').click());
    expect([onComplete, onCancel].map((one) => one.mock.calls.length)).toEqual([1, 1]);
    draw(progress({ consulting: { with: 'Ana', asked: true } }));
    expect(page.querySelectorAll('button')).toHaveLength(0);
    expect(page.textContent).toContain('Ana talks with you first');
  });

  it('shows the keys the customer pressed and who listens', () => {
    const { team } = anchoredCall({ keys: '42#', supervisors: [{ name: 'Eva', mode: 'whisper' }] });
    if (!team) throw new Error('no team view');
    draw(<TeamFacts team={team} />);
    expect(page.textContent).toContain('42#');
    expect(page.textContent).toContain('Eva listens and can speak to you');
  });
});

describe('a leg that was lost', () => {
  it('counts down to when the team is asked', () => {
    const phase = { name: 'rejoining', deadlineAt: Date.now() + 18_000 } as const;
    draw(
      <CallCard
        call={{ ...anchoredCall(), phase }}
        settings={settings}
        teammates={[]}
        liveTrack={() => undefined}
        onMute={() => undefined}
        onHangUp={() => undefined}
        onPark={() => undefined}
        onTransfer={() => undefined}
        onCancelTransfer={() => undefined}
        onCompleteTransfer={() => undefined}
        onSettings={() => undefined}
      />,
    );
    expect(page.textContent).toContain('Reconnecting the sound, 18 s');
    expect(reasonOf(within(page, 'Transfer'))).toBe('Only once the call is connected');
  });
});

describe('a call that is handed to us', () => {
  const ring = (why: 'transfer' | 'waiting', note?: string) => (
    <IncomingCard
      busy={false}
      shortcuts={settings}
      onAccept={() => undefined}
      onDecline={() => undefined}
      call={ringingCall({
        handover: { callId: 'c', why, from: 'Ana', note, deadlineAt: Date.now() + 30_000 },
      })}
    />
  );

  it('says who hands it over and what for, or whose console is gone', () => {
    draw(ring('transfer', 'wants a refund'));
    expect(page.textContent).toContain('Ana hands this call over“wants a refund”');
    draw(ring('waiting'));
    expect(page.textContent).toContain('Caller waiting: Ana’s console is gone');
  });
});

describe('a call that came back', () => {
  it('is told with the true reason', () => {
    const values = { name: 'Bruno', end: 'unanswered' };
    const notice = { id: 'n', kind: 'warning', code: 'transfer-reverted', values, at: 0 } as const;
    expect(noticeSaid(notice)).toEqual({
      what: 'Bruno did not answer',
      next: 'The call is yours again',
    });
  });

  it('is heard, unless we took it back ourselves', () => {
    const offered = connectedCall({ transfers: [{ at: 1, to: 'Bruno' }] });
    const ended = (end: 'declined' | 'cancelled') =>
      connectedCall({ transfers: [{ at: 1, to: 'Bruno', end }] });
    expect(toneOf([connectedCall()], [offered])).toBe('offered');
    expect(toneOf([offered], [ended('declined')])).toBe('reverted');
    expect(toneOf([offered], [ended('cancelled')])).toBeUndefined();
  });

  it('refusals of the relay have words of their own', () => {
    const refused = (why: string) =>
      errorWords({ code: 'relay-refused', message: '', details: [why] }).what;
    expect(refused('busy')).toBe('Your teammate is on another call now');
    expect(refused('no-microphone')).toBe('No microphone was found');
    expect(teammate('x', 'X').takesTransfers).toBe(true);
  });
});
