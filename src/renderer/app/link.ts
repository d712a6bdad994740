import type { QueryClient } from '@tanstack/react-query';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { AppEvent } from '../../shared/ipc/events.ts';
import { handlePlugged } from '../media/devices.ts';
import type { Ringtone } from '../media/ringtone.ts';
import type { Softphone } from '../media/softphone.ts';
import { api, request } from '../state/requests.ts';
import { storeSnapshot } from '../state/snapshot-store.ts';
import { setExport } from '../state/live.ts';
import { show, showCall } from '../state/ui.ts';
import { handleNewCall, handleNoNumber } from './new-call.ts';
import { handleUncovered } from '../ui/use-press-guard.ts';

interface Parts {
  softphone?: Softphone | undefined;
  ringtone?: Ringtone | undefined;
  queries?: QueryClient | undefined;
}

const RETRY_MS = 1000;

/** Connects this window to main. It listens before it says hello, so that it misses nothing. */
export function connectToMain(parts: Parts): void {
  api().onEvent((event) => handleEvent(event, parts));
  void hello(parts);
}

async function hello(parts: Parts): Promise<void> {
  const answer = await request('app.hello', { softphone: parts.softphone !== undefined });
  if (answer.ok) storeSnapshot(answer.value);
  else setTimeout(() => void hello(parts), RETRY_MS);
}

function handleEvent(event: AppEvent, { softphone, ringtone, queries }: Parts): void {
  switch (event.type) {
    case 'snapshot':
      storeSnapshot(event.snapshot);
      return;
    case 'media':
      softphone?.handleCommand(event.command);
      return;
    case 'pcm':
      softphone?.handlePcm(event.callId, event.frame);
      return;
    case 'history-changed':
      refetchSoon(queries, ['history']);
      refetchSoon(queries, ['contacts']);
      return;
    case 'contacts-changed':
      refetchSoon(queries, ['contacts']);
      return;
    case 'todo-changed':
      refetchSoon(queries, ['todo']);
      return;
    case 'number-changed':
      refetchSoon(queries, ['numbers', event.accountId]);
      refetchSoon(queries, ['contacts', 'facts']);
      return;
    case 'ring-probe':
      if (ringtone) void answerRingProbe(ringtone, event.question);
      return;
    case 'ready-changed':
      refetchSoon(queries, ['ready']);
      return;
    case 'export-progress':
      setExport(event.id, { done: event.done, total: event.total });
      return;
    case 'uncovered':
      handleUncovered();
      return;
    case 'alarm':
      void ringtone?.alarm();
      return;
    case 'device-plugged':
      handlePlugged(event.returnsSound);
      return;
    case 'news':
      void ringtone?.message();
      return;
    case 'new-call':
      handleNewCall(event.filled);
      return;
    case 'no-number':
      handleNoNumber(event.why);
      return;
    case 'navigate':
      if (event.callId !== undefined && event.to === 'history') showCall(event.callId);
      else show(event.to);
      return;
    default:
      assertNever(event, 'event of main');
  }
}

async function answerRingProbe(ringtone: Ringtone, question: number): Promise<void> {
  await request('ready.ringer', { question, plays: await ringtone.plays() });
}

/**
 * After a night offline thousands of changes arrive at once: refetch once for all of them. In ms.
 */
const TOGETHER_MS = 60;
const due = new Set<string>();

function refetchSoon(queries: QueryClient | undefined, queryKey: readonly string[]): void {
  const key = queryKey.join(' ');
  if (!queries || due.has(key)) return;
  due.add(key);
  setTimeout(() => {
    due.delete(key);
    void queries.invalidateQueries({ queryKey });
  }, TOGETHER_MS);
}
