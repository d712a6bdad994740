// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { useCall } from '../../../../../src/renderer/features/todo/use-call.ts';
import type { Waiting } from '../../../../../src/renderer/features/todo/reasons.ts';
import { storeSnapshot } from '../../../../../src/renderer/state/snapshot-store.ts';
import { useUi, wordsOf } from '../../../../../src/renderer/state/ui.ts';
import type { Permission } from '../../../../../src/shared/rules/facts.ts';
import { facts, permission, snapshot } from '../../fixtures.ts';
import { stubMain } from '../../fake-main.ts';
import { page, root } from '../../page.ts';

const dialled = vi.fn<(input: unknown) => void>();
let answer: ((known: unknown) => void) | undefined;

const waiting = (waId: string): Waiting => ({
  customer: waId,
  party: { waId },
  from: 0,
  owner: { id: 'ana', name: 'Ana' },
  items: [{ accountId: 'support', customer: waId, party: { waId }, reasons: {}, cursor: 1 }],
});

function Caller({ row }: { row: Waiting }) {
  return (
    <button type="button" onClick={useCall(row)}>
      Call
    </button>
  );
}
const call = () => page.querySelector('button')?.click();
const queries = new QueryClient();
const select = (waId: string) =>
  act(async () =>
    root.render(
      <QueryClientProvider client={queries}>
        <Caller row={waiting(waId)} />
      </QueryClientProvider>,
    ),
  );
const arrive = (status: Permission['status'] = 'permanent') =>
  act(async () => {
    answer?.({ ok: true, value: facts(permission(status)) });
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
const toasts = () => useUi.getState().toasts.map(({ tone }) => tone);

beforeEach(() => {
  queries.clear();
  dialled.mockClear();
  useUi.setState({ toasts: [] });
  storeSnapshot(snapshot({ revision: 12_000 }));
  stubMain((name, input) => {
    if (name === 'contacts.facts')
      return new Promise((resolve) => {
        answer = resolve;
      });
    if (name === 'calls.dial') dialled(input);
    return Promise.resolve({ ok: true, value: null });
  });
});

it('calls as soon as the rules are known, if C was pressed before', async () => {
  await select('5511987654321');
  act(() => call());
  expect(dialled).not.toHaveBeenCalled();
  expect(toasts()).not.toContain('bad');
  await arrive();
  expect(dialled).toHaveBeenCalledOnce();
});

it('calls nobody when the agent has gone on to another customer meanwhile', async () => {
  await select('5511987654321');
  act(() => call());
  await select('5511912345678');
  await arrive();
  expect(dialled).not.toHaveBeenCalled();
});

it('says why not and what to do, until the agent goes on to another customer', async () => {
  await select('5511987654321');
  act(() => call());
  await arrive('none');
  expect(dialled).not.toHaveBeenCalled();
  const [toast] = useUi.getState().toasts;
  expect(toast && wordsOf(toast)).toMatchObject({ next: expect.stringContaining('permission') });
  await select('5511912345678');
  expect(toasts()).toEqual([]);
});
