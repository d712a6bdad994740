import { act, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallCard } from '../../../../../src/renderer/features/call-card/call-card.tsx';
import {
  teamTargets,
  transferTargets,
} from '../../../../../src/renderer/features/call-card/teammates.ts';
import { TransferButtons } from '../../../../../src/renderer/features/call-card/transfer-buttons.tsx';
import {
  TeamFacts,
  TransferProgress,
} from '../../../../../src/renderer/features/call-card/transfer-progress.tsx';
import { IncomingCard } from '../../../../../src/renderer/features/incoming/incoming-card.tsx';
import { mostUrgent } from '../../../../../src/renderer/features/notices/notices.tsx';
import { CallLegs } from '../../../../../src/renderer/features/history/call-legs.tsx';
import { shownAs } from '../../../../../src/main/snapshot/shown-as.ts';
import { toneOf } from '../../../../../src/renderer/media/sound-policy.ts';
import { setInterrupted } from '../../../../../src/renderer/state/live.ts';
import type { LiveCall, TeamView } from '../../../../../src/shared/ipc/live-call.ts';
import type { Notice } from '../../../../../src/shared/ipc/notices.ts';
import {
  relayedCall,
  connectedCall,
  historyDetail,
  historyRow,
  ringingCall,
  settings,
  teamDesk,
  teammate,
} from '../../fixtures.ts';
import { setNarrow } from '../../window-width.ts';
import { setMainTime } from '../../../../../src/renderer/lib/main-clock.ts';
import { announcementText } from '../../../../../src/renderer/messages/team.ts';
import { errorMessage, noticeMessage } from '../../../../../src/renderer/messages/errors.ts';
import { page, root } from '../../page.ts';

/** Fake timers from now on; the window's clock restarts with them. */
function useFakeTime() {
  vi.useFakeTimers();
  setMainTime(Date.now());
}

beforeEach(() => {
  setNarrow(false);
});
afterEach(() => {
  vi.useRealTimers();
  setMainTime(Date.now());
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

const byBea = { accountId: 'support', self: 'bea' };

describe('transfer candidates', () => {
  it('include busy teammates, but nobody offline, nobody who takes no transfers, and not the agent', () => {
    const names = transferTargets(teamDesk.team, byBea).map(({ name }) => name);
    expect(names).toEqual(['Bruno Dias', 'Carla Nunes']);
  });

  it('are those alone who have the call’s number', () => {
    const team = [
      teammate('ana', 'Ana', { team: 'Care', numbers: ['sales'] }),
      teammate('ben', 'Ben', { team: 'Care', numbers: ['sales', 'support'] }),
      teammate('cid', 'Cid'),
    ];
    expect(transferTargets(team, byBea).map(({ id }) => id)).toEqual(['ben', 'cid']);
    expect(teamTargets(team, byBea)).toEqual([{ name: 'Care', members: 1, reachable: 1 }]);
  });

  it('include teams, with how many of them can be reached', () => {
    const team = [
      teammate('ana', 'ana', { team: 'Care' }),
      teammate('ben', 'ben', { team: 'Care', presence: 'dnd' }),
      teammate('cid', 'cid', { team: 'Care', takesTransfers: false }),
      teammate('dan', 'dan', { team: 'Beta', presence: 'offline' }),
      teammate('eva', 'eva', { team: 'Own' }),
    ];
    expect(teamTargets(team, { ...byBea, self: 'eva' })).toEqual([
      { name: 'Care', members: 2, reachable: 1 },
      { name: 'Beta', members: 1, reachable: 0 },
    ]);
  });
});

describe('the Hold and Transfer buttons', () => {
  const onTransfer = vi.fn<(offer: object) => void>();
  const onHoldChange = vi.fn<(on: boolean) => void>();
  const buttons = (call: LiveCall) => (
    <TransferButtons
      call={call}
      teammates={transferTargets(teamDesk.team, byBea)}
      teams={teamTargets(teamDesk.team, byBea)}
      onHoldChange={onHoldChange}
      onTransfer={onTransfer}
    />
  );
  beforeEach(() => vi.clearAllMocks());

  it('are blocked in a direct call and say why', () => {
    draw(buttons(connectedCall()));
    for (const name of ['Hold', 'Transfer']) {
      const button = within(page, name);
      expect(button.getAttribute('aria-disabled')).toBe('true');
      expect(reasonOf(button)).toMatch(/not available on this number/);
    }
  });

  it('offer the call with a note, blind or attended', async () => {
    draw(buttons(relayedCall()));
    act(() => within(page, 'Transfer').click());
    expect(reasonOf(within(dialog(), 'Transfer'))).toBe('Choose a teammate or team first');
    await act(async () => within(dialog(), 'Teammate or team').click());
    const options = [...document.querySelectorAll<HTMLElement>('[role="option"]')];
    expect(options.map((one) => one.textContent)).toEqual([
      'SalesTeam · 1 of 1 can be reached',
      'Bruno DiasSales · Available',
      'Carla NunesOn a call',
    ]);
    expect(options[2]?.getAttribute('aria-disabled')).toBe('true');
    await act(async () => options[1]?.click());
    act(() => within(dialog(), 'Ask Bruno Dias first').click());
    expect(onTransfer).toHaveBeenCalledWith({ to: 'bruno', mode: 'consult', note: '' });
    expect(document.querySelector('[role="dialog"]')).toBeNull();
  });

  it('offer the call to a team, which cannot be asked first', async () => {
    draw(buttons(relayedCall()));
    act(() => within(page, 'Transfer').click());
    await act(async () => within(dialog(), 'Teammate or team').click());
    await act(async () => document.querySelector<HTMLElement>('[role="option"]')?.click());
    expect(reasonOf(within(dialog(), 'Ask teammate first'))).toMatch(/not a team/);
    act(() => within(dialog(), 'Transfer').click());
    expect(onTransfer).toHaveBeenCalledWith({ team: 'Sales', note: '' });
  });

  it('hold and resume', () => {
    draw(buttons(relayedCall()));
    act(() => within(page, 'Hold').click());
    draw(buttons(relayedCall({ onHold: true })));
    act(() => within(page, 'Resume').click());
    expect(onHoldChange.mock.calls).toEqual([[true], [false]]);
  });
});

describe('a transfer in progress', () => {
  const onCancel = vi.fn<() => void>();
  const onComplete = vi.fn<() => void>();
  const progress = (team: Partial<TeamView>) => {
    const { team: view } = relayedCall(team);
    if (!view) throw new Error('no team view');
    return <TransferProgress team={view} onCancel={onCancel} onComplete={onComplete} />;
  };
  beforeEach(() => vi.clearAllMocks());

  it('shows the note and can be cancelled', () => {
    draw(progress({ asking: { to: 'Bruno', deadlineAt: 0, note: 'Wants a refund' } }));
    expect(page.textContent).toContain('“Wants a refund”');
    act(() => within(page, 'Cancel transfer').click());
    expect(onCancel).toHaveBeenCalledOnce();
    draw(progress({ asking: { to: 'Bruno', deadlineAt: 0 } }));
    expect(page.textContent).toContain('hold music until Bruno answers');
  });

  it('can be completed or cancelled while consulting, by the agent who started it', () => {
    draw(progress({ consulting: { with: 'Bruno', asked: false } }));
    act(() => within(page, 'Transfer now').click());
    act(() => within(page, 'Return to customer').click());
    expect([onComplete, onCancel].map((one) => one.mock.calls.length)).toEqual([1, 1]);
    draw(progress({ consulting: { with: 'Ana', asked: true } }));
    expect(page.querySelectorAll('button')).toHaveLength(0);
    expect(page.textContent).toContain('Ana is briefing you');
  });

  it('shows pressed keys and listening supervisors', () => {
    const { team } = relayedCall({ dtmf: '42#', supervisors: [{ name: 'Eva', mode: 'whisper' }] });
    if (!team) throw new Error('no team view');
    draw(<TeamFacts team={team} />);
    expect(page.textContent).toContain('42#');
    expect(page.textContent).toContain('Eva is listening and can talk to you');
  });

  it('has pressed keys and supervisors spoken: their regions are in the page before they come', () => {
    const empty = relayedCall({ dtmf: '', supervisors: [] }).team;
    const told = relayedCall({ dtmf: '4', supervisors: [{ name: 'Eva', mode: 'listen' }] }).team;
    if (!empty || !told) throw new Error('no team view');
    draw(<TeamFacts team={empty} />);
    const regions = [...page.querySelectorAll('output')];
    expect(regions.map(({ textContent }) => textContent)).toEqual(['', '']);
    draw(<TeamFacts team={told} />);
    expect(regions.map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('4'),
      'Eva is listening',
    ]);
  });
});

describe('the state on the card', () => {
  const card = (call: LiveCall) => (
    <CallCard
      call={call}
      settings={settings}
      teammates={[]}
      teams={[]}
      liveTrack={() => undefined}
      onMute={() => undefined}
      onHangUp={() => undefined}
      onHoldChange={() => undefined}
      onTransfer={() => undefined}
      onCancelTransfer={() => undefined}
      onCompleteTransfer={() => undefined}
      onSettings={() => undefined}
    />
  );
  const state = () => page.querySelector('output')?.textContent ?? '';

  it('shows hold, the asked teammate and their remaining seconds', () => {
    useFakeTime();
    draw(card(relayedCall({ asking: { to: 'Bea', deadlineAt: Date.now() + 24_000 } })));
    expect(state()).toContain('Customer on hold\u00a0· asking Bea, 24\u00a0s');
    expect(state()).not.toContain('On call');
    act(() => void vi.advanceTimersByTime(10_000));
    expect(state()).toContain('asking Bea, 14\u00a0s');
    act(() => void vi.advanceTimersByTime(20_000));
    expect(state()).toContain('asking Bea, 0\u00a0s');
  });

  it.each([
    [{ consulting: { with: 'Bea', asked: false } }, 'Talking with Bea\u00a0· customer on hold'],
    [{ consulting: { with: 'Ana', asked: true } }, 'Talking with Ana\u00a0· customer on hold'],
    [{}, 'On call'],
  ] satisfies [Partial<TeamView>, string][])('%j shows: %s', (team, words) => {
    draw(card(relayedCall(team)));
    expect(state()).toContain(words);
  });

  it('shows the time on hold', () => {
    useFakeTime();
    const to = Date.now() - 42_000;
    const held = { onHold: true, talkIntervals: [{ from: to - 9_000, to }] };
    draw(card({ ...relayedCall({ onHold: true }), ...held }));
    expect(state()).toContain('Customer on hold0:42');
  });

  it('counts down to the requeue once our leg is lost', () => {
    const phase = { name: 'rejoining', deadlineAt: Date.now() + 18_000 } as const;
    draw(card({ ...relayedCall(), phase }));
    expect(page.textContent).toMatch(/Reconnecting audio, 1[89] s/);
    expect(reasonOf(within(page, 'Transfer'))).toBe('Available once the call connects');
  });

  it('says that audio is interrupted for as long as it is', () => {
    const call = relayedCall();
    draw(card(call));
    act(() => setInterrupted(call.id, true));
    expect(state()).toContain('Audio interrupted');
    expect(state()).not.toContain('On call');
    act(() => setInterrupted(call.id, false));
    expect(state()).toContain('On call');
  });

  it('shows the talk time at the end', () => {
    const at = Date.now();
    const phase = { name: 'ended', at, reason: { kind: 'lost-to-team' } } as const;
    const talkIntervals = [{ from: at - 60_000, to: at - 48_000 }];
    draw(card({ ...relayedCall(), phase, talkIntervals }));
    expect(state()).toContain('Talk time 12\u00a0s');
  });

  it('keeps the transfer note visible', () => {
    const callOffer = { callId: 'c', why: 'transfer', from: 'Ana', deadlineAt: 0 } as const;
    draw(card({ ...relayedCall(), callOffer: { ...callOffer, note: 'wants a refund' } }));
    expect(page.textContent).toContain('Transfer from Ana“wants a refund”');
  });
});

describe('a transferred call that rings', () => {
  const ring = (why: 'transfer' | 'requeue', note?: string) => (
    <IncomingCard
      busy={false}
      shortcuts={{}}
      call={ringingCall({
        callOffer: { callId: 'c', why, from: 'Ana', note, deadlineAt: Date.now() + 30_000 },
      })}
    />
  );

  it('shows who offers it with what note, or whose console disconnected and when', () => {
    useFakeTime();
    draw(ring('transfer', 'wants a refund'));
    expect(page.textContent).toContain('Transfer from Ana“wants a refund”');
    draw(ring('requeue'));
    expect(page.textContent).toContain('On hold: Ana lost connection. Pick up');
    expect(page.textContent).toContain('Waiting 0:12');
  });

  it('is announced to screen readers with the note', () => {
    const call = ringingCall();
    const by = { callId: 'c', from: 'Ana', deadlineAt: 0 };
    const said = (callOffer: LiveCall['callOffer']) =>
      announcementText('Mia', { ...call, callOffer });
    expect(said(undefined)).toBe('Mia is calling on Support');
    expect(said({ ...by, why: 'transfer', note: 'wants a refund' })).toBe(
      'Transfer from Ana: Mia. Note: wants a refund',
    );
    expect(said({ ...by, why: 'requeue' })).toBe('Mia is on hold: Ana lost connection. Pick up');
  });

  it('replaces the card that said who answered', () => {
    const now = Date.now();
    const reason = { kind: 'answered-elsewhere', by: 'Ana' } as const;
    const before = ringingCall({ phase: { name: 'ended', at: now, reason } });
    const callOffer = { why: 'transfer', from: 'Ana', deadlineAt: now } as const;
    const back = ringingCall({ id: 'h', callOffer: { ...callOffer, callId: before.id } });
    const other = ringingCall({ id: 'h', callOffer: { ...callOffer, callId: 'another' } });
    const shown = (...calls: LiveCall[]) =>
      calls.filter((call) => shownAs(call, calls) === 'ring').map(({ id }) => id);
    expect(shown(before)).toEqual([before.id]);
    expect(shown(before, back)).toEqual(['h']);
    expect(shownAs(before, [before, back])).toBe('gone');
    expect(shown(before, other)).toEqual([before.id, 'h']);
  });
});

describe('a transfer that came back', () => {
  it.each([
    ['Bruno', 'unanswered', 'Bruno did not answer'],
    ['Bruno', 'refused', 'The transfer to Bruno failed'],
    ['Bruno', 'a newer end', 'Bruno did not take the call'],
    ['', 'unanswered', 'Nobody took the call'],
  ])('to %j, %s: says so in a whole sentence', (name, end, what) => {
    const values = { name, end };
    const notice = { id: 'n', kind: 'warning', code: 'transfer-reverted', values, at: 0 } as const;
    expect(noticeMessage(notice)).toEqual({ what, next: 'The call is yours again' });
  });

  it('is the first notice, followed by the newest others', () => {
    const notice = (id: string, code: Notice['code']): Notice => ({
      id,
      code,
      kind: 'warning',
      values: {},
      at: 0,
    });
    const rest = ['a', 'b', 'c', 'd'].map((id) => notice(id, 'shortcut-taken'));
    const ids = (all: readonly Notice[]) => mostUrgent(all).map(({ id }) => id);
    expect(ids([notice('t', 'transfer-reverted'), ...rest])).toEqual(['t', 'c', 'd']);
    expect(ids([...rest, notice('t', 'transfer-reverted')])).toEqual(['t', 'c', 'd']);
    expect(ids(rest)).toEqual(['b', 'c', 'd']);
  });

  it('plays a sound unless this agent cancelled it', () => {
    const offered = connectedCall({ transfers: [{ at: 1, to: 'Bruno' }] });
    const ended = (end: 'declined' | 'cancelled') =>
      connectedCall({ transfers: [{ at: 1, to: 'Bruno', end }] });
    expect(toneOf([connectedCall()], [offered])).toBe('offered');
    expect(toneOf([offered], [ended('declined')])).toBe('reverted');
    expect(toneOf([offered], [ended('cancelled')])).toBeUndefined();
  });

  it('shows the relay’s refusals in our words', () => {
    const refused = (why: string) =>
      errorMessage({ code: 'relay-refused', message: '', details: [why] }).what;
    expect(refused('busy')).toBe('Your teammate is on another call now');
    expect(refused('no-microphone')).toBe('No microphone was found');
    expect(teammate('x', 'X').takesTransfers).toBe(true);
  });
});

describe('the history of a call that reached this agent more than once', () => {
  it('lists each leg with its source, end and talk time', () => {
    const at = Date.now();
    const detail = {
      ...historyDetail(historyRow(0)),
      parts: [
        {
          id: 'a',
          createdAt: at,
          endReason: { kind: 'answered-elsewhere', by: 'Ana' } as const,
        },
        {
          id: 'b',
          createdAt: at + 60_000,
          callOffer: {
            callId: 'a',
            why: 'transfer',
            from: 'Ana',
            note: 'refund',
            deadlineAt: 0,
          } as const,
          transfers: [{ at, to: 'Carla', end: 'accepted' } as const],
          endReason: { kind: 'transferred', to: 'Carla' } as const,
          talkSeconds: 75,
        },
      ],
    };
    draw(<CallLegs call={detail} />);
    const reported = [...page.querySelectorAll('li p')].map((one) => one.textContent);
    expect(reported).toEqual([
      'Rang for youAnswered by Ana',
      'Transferred by Ana “refund”Offered to Carla: answeredTransferred to Carla; talk time 1\u00a0min',
    ]);
  });
});
