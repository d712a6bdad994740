import { act } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { StartView } from '../../../../../src/renderer/features/onboarding/start-view.tsx';
import { useSetUp } from '../../../../../src/renderer/features/onboarding/set-up-state.ts';
import { useFirstCalls } from '../../../../../src/renderer/features/onboarding/use-first-calls.ts';
import { storeSnapshot } from '../../../../../src/renderer/state/snapshot-store.ts';
import { useUi } from '../../../../../src/renderer/state/ui.ts';
import type { Snapshot } from '../../../../../src/shared/ipc/snapshot.ts';
import { connectedCall, ringingCall, snapshot } from '../../fixtures.ts';
import { page, root } from '../../page.ts';

const LINK = 'ringdesk:join?relay=wss%3A%2F%2Fcalls.example.com&code=K7QF-3MRA-9TWX';
const request = vi.fn<(name: string, input: object) => Promise<unknown>>();
const start = useSetUp.getState();

beforeEach(() => {
  useSetUp.setState(start, true);
  request.mockReset();
  request.mockResolvedValue({ ok: true, value: { agent: 'Ana' } });
  vi.stubGlobal('ringdesk', { request });
});

function Page() {
  useFirstCalls();
  return <StartView checks={<p>the checks</p>} />;
}

let revision = 1;
async function draw(app: Partial<Snapshot['app']>, more: Partial<Snapshot> = {}): Promise<void> {
  const { app: usual } = snapshot();
  await act(async () => {
    storeSnapshot(snapshot({ revision: ++revision, app: { ...usual, ...app }, ...more }));
    root.render(<Page />);
  });
}
const button = (name: string) => {
  const buttons = [...document.querySelectorAll('button')];
  const found = buttons.find((one) => one.textContent.includes(name));
  if (!found) throw new Error(`no button ${name} in ${document.body.textContent}`);
  return found;
};
const press = (name: string) => act(async () => button(name).click());
const open = () => page.querySelector('[aria-expanded="true"]')?.textContent ?? '';

it('leads from practice to the connection, and marks what is done', async () => {
  await draw({ workspace: 'demo' });
  expect(open()).toContain('Practise');
  await draw({ workspace: 'demo' }, { calls: [connectedCall()] });
  expect(open()).toContain('Connect your number');
  // Any step can be opened.
  await press('Practise with a demo customer');
  expect(page.textContent).toContain('You have taken a practice call');
  expect(page.textContent).toContain('Done');
});

it('says at practice that a call needs a microphone, and does not tick the checks without one', async () => {
  const ringer = { state: 'dead', since: 0, why: 'microphone' } as const;
  await draw({ workspace: 'demo' }, { ringer });
  expect(page.textContent).toContain('This computer has no microphone');
  await press('Choose device');
  expect(useUi.getState().view).toBe('settings');
  await draw({ workspace: 'profile' }, { ringer });
  expect(open()).toContain('Check that calls can come in');
  expect(page.textContent).toContain('This computer has no microphone');
  await draw({ workspace: 'profile' }, { ringer: { state: 'ready', at: 0 } });
  expect(open()).toContain('Call your number now');
});

it('fills in an invitation that was opened, and asks before it replaces anything', async () => {
  const invitation = { id: 1, relay: 'wss://calls.example.com', code: 'K7QF3MRA9TWX' };
  await draw({ workspace: 'profile', profileName: 'Bea', invitation });
  expect(open()).toContain('Connect your number');
  const text = page.querySelector<HTMLInputElement>('form input');
  expect(text?.value).toBe('K7QF3MRA9TWX');
  await act(async () => page.querySelector('form')?.requestSubmit());
  expect(request).not.toHaveBeenCalled();
  await press('Replace it');
  expect(request).toHaveBeenCalledWith('invitation.redeem', {
    text: 'K7QF3MRA9TWX',
    relay: 'wss://calls.example.com',
  });
});

it('does not say that somebody practised who came by an invitation', async () => {
  await draw({ workspace: 'profile' });
  expect(open()).not.toContain('Practise');
  expect(button('Practise with a demo customer').textContent).not.toContain('Done');
  expect(button('Connect your number').textContent).toContain('Done');
});

it('says why an invitation was refused, in its own words', async () => {
  const message = 'This invitation was already used. Ask your admin for a new one.';
  request.mockResolvedValue({ ok: false, error: { code: 'invitation', message } });
  await draw({ workspace: 'demo', invitation: { id: 2, relay: '', code: LINK } });
  await act(async () => page.querySelector('form')?.requestSubmit());
  expect(page.textContent).toContain(message);
});

it('shows the checks of one’s own numbers, and how soon the first call rang', async () => {
  await draw({ workspace: 'profile' }, { connection: { state: 'connecting', since: 0 } });
  expect(open()).toContain('Check that calls can come in');
  expect(page.textContent).toContain('does not reach the relay yet');
  expect(page.textContent).toContain('the checks');
  await press('Next');
  expect(page.textContent).toContain('+55 11 5020 1234');
  const ring = { ...ringingCall(), shownAs: 'ring' as const };
  await draw({ workspace: 'profile' }, { calls: [ring], now: ring.createdAt + 1_200 });
  expect(page.textContent).toMatch(/Support.* rang here, within 2 s/);
});
