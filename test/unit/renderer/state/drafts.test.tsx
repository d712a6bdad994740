import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, onTestFinished, vi } from 'vitest';
import { useDraft } from '../../../../src/renderer/features/settings/number/use-number.ts';
import { storeSnapshot } from '../../../../src/renderer/state/snapshot-store.ts';
import {
  followDrafts,
  keysOfPerson,
  useKept,
  useKeptText,
} from '../../../../src/renderer/state/drafts.ts';
import { snapshot } from '../fixtures.ts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { stubGranting } from '../fake-main.ts';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

/** A main process that keeps drafts. */
const main = new Map<string, string>([
  ['message/support/551', 'half a message'],
  ['number/support/odd', '{"draft":7}'],
]);
stubGranting((name, { key, text }: { key: string; text: string }) => {
  if (name === 'drafts.all') return Object.fromEntries(main);
  if (text === '') main.delete(key);
  else main.set(key, text);
  return null;
});
followDrafts();

function open() {
  const page = document.createElement('div');
  const root = createRoot(page);
  onTestFinished(() => act(() => root.unmount()));
  const draw = (what: ReactNode) =>
    act(async () =>
      root.render(<QueryClientProvider client={new QueryClient()}>{what}</QueryClientProvider>),
    );
  const press = (name: string) =>
    act(async () =>
      [...page.querySelectorAll('button')]
        .find((one) => one.getAttribute('aria-label') === name)
        ?.click(),
    );
  return { page, draw, press };
}

function Message({ to }: { to: { waId?: string; userId?: string } }) {
  const [text, setText] = useKeptText(keysOfPerson('message', 'support', to));
  return (
    <>
      <p>{text}</p>
      <button aria-label="type" onClick={() => setText(`${text}!`)} />
      <button aria-label="send" onClick={() => setText('')} />
    </>
  );
}

it('U10 a message draft stays with its person while other pages are open, until it is sent', async () => {
  const { page, draw, press } = open();
  await act(async () => storeSnapshot(snapshot({ revision: 100 })));
  await draw(<Message to={{ waId: '551' }} />);
  expect(page.textContent).toBe('half a message');
  await press('type');
  await draw(<Message to={{ waId: '552' }} />);
  expect(page.textContent).toBe('');
  await press('type');
  await draw(<Message to={{ waId: '551' }} />);
  expect(page.textContent).toBe('half a message!');
  expect(main.get('message/551')).toBe('half a message!');
  await press('send');
  expect(page.textContent).toBe('');
  expect(main.has('message/551')).toBe(false);
  expect(main.has('message/support/551')).toBe(false);
  expect(main.get('message/552')).toBe('!');
});

it('U10 a person whose number becomes known keeps the draft written before', async () => {
  const { page, draw, press } = open();
  await draw(<Message to={{ userId: 'u1' }} />);
  await press('type');
  await draw(<Message to={{ waId: '553', userId: 'u1' }} />);
  expect(page.textContent).toBe('!');
  await press('type');
  expect([main.get('message/553'), main.get('message/u1')]).toEqual(['!!', undefined]);
});

it('U10 what was typed while a message was sent stays, and so does a draft if another number of ours is chosen', async () => {
  const { page, draw, press } = open();
  const to = { waId: '554' };
  function Sending({ from }: { from: string }) {
    const [text, setText, discard] = useKeptText(keysOfPerson('message', from, to));
    return (
      <>
        <p>{text}</p>
        <button aria-label="type" onClick={() => setText(`${text}!`)} />
        <button aria-label="sent" onClick={() => discard('!')} />
      </>
    );
  }
  await draw(<Sending from="support" />);
  await press('type');
  await draw(<Sending from="sales" />);
  expect(page.textContent).toBe('!');
  await press('type');
  await press('sent');
  expect(page.textContent).toBe('!!');
  main.delete('message/554');
});

it('U10 unsaved settings of a number are kept without their secrets, and unreadable ones are dropped', async () => {
  const stored = { to: 'tel:+1', password: '' };
  function Section({ of }: { of: string }) {
    const { value, changed, set, undo } = useDraft(of, stored, ['password']);
    return (
      <>
        <p>{`${value.to} ${value.password} ${changed}`}</p>
        <button aria-label="type" onClick={() => set({ to: 'tel:+2', password: 'secret' })} />
        <button aria-label="undo" onClick={undo} />
      </>
    );
  }
  const { page, draw, press } = open();
  await draw(<Section key="a" of="support/forwarding" />);
  await press('type');
  expect(page.textContent).toBe('tel:+2 secret true');
  await draw(<Section key="b" of="support/odd" />);
  expect(page.textContent).toBe('tel:+1  false');
  await draw(<Section key="c" of="support/forwarding" />);
  expect(page.textContent).toBe('tel:+2  true');
  expect([...main.values()].join('')).not.toContain('secret');
  await press('undo');
  expect(page.textContent).toBe('tel:+1  false');
  expect(main.has('number/support/forwarding')).toBe(false);
});

it('U10 template values that no longer fit are dropped', async () => {
  const none = { chosen: '', values: [] as readonly string[] };
  const { page, draw, press } = open();
  main.set('template/x/1', '{"chosen":"a","values":"b"}');
  await act(async () =>
    storeSnapshot(snapshot({ revision: 101, agent: { id: 'other', name: 'Other' } })),
  );
  function Values() {
    const [value, set] = useKept(['template/x/1'], none);
    return (
      <>
        <p>{JSON.stringify(value)}</p>
        <button aria-label="type" onClick={() => set({ chosen: 'a', values: ['b'] })} />
      </>
    );
  }
  await draw(<Values />);
  expect(page.textContent).toBe(JSON.stringify(none));
  await press('type');
  expect(page.textContent).toBe('{"chosen":"a","values":["b"]}');
});
