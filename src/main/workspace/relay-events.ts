import type { Connection } from '../../shared/protocol/connection.ts';
import type { CallService } from '../calls/call-service.ts';
import type { ProviderSync } from '../calls/provider-sync/provider-sync.ts';
import type { ContactService } from '../contacts/contact-service.ts';
import { takeOverNotes } from '../contacts/earlier-notes.ts';
import type { PeopleSharing } from '../contacts/people-sharing.ts';
import type { NoteService } from '../contacts/note-service.ts';
import type { SafeCallLog } from '../db/storage/safe-calls.ts';
import type { LegalHolds } from '../recordings/legal-holds.ts';
import type { PersonEraser } from '../erasing/person-eraser.ts';
import { describe, type Log } from '../log.ts';
import type { Numbers } from '../numbers/numbers.ts';
import type { EntryFrame } from '../relay-client/events.ts';
import type { RelayClient } from '../relay-client/relay-client.ts';
import type { Ringer } from '../ready/ringer.ts';
import type { ReadyService } from '../ready/ready-service.ts';
import { notifyLateness } from '../snapshot/number-notices.ts';
import type { LiveCalls } from '../snapshot/live-calls.ts';
import type { Notices } from '../snapshot/notices.ts';
import type { TeamMessages } from '../team/team-messages.ts';
import type { TodoService } from '../todo/todo-service.ts';
import { rightsWords } from './rights-words.ts';

export interface RelayEventsPorts {
  calls: CallService;
  callLog: SafeCallLog;
  contacts: ContactService;
  notes: NoteService;
  sharing: PeopleSharing;
  live: LiveCalls;
  numbers: Numbers;
  sync: ProviderSync;
  todo: TodoService;
  ready: Pick<ReadyService, 'handleConnection' | 'handleProof' | 'handleWebhook'>;
  ringer: Pick<Ringer, 'handleConnected'>;
  messages: TeamMessages;
  eraser: Pick<PersonEraser, 'handleErasure'>;
  holds: Pick<LegalHolds, 'handle'>;
  notices: Notices;
  log: Log;
  changed: () => void;
}

/** How often windows are told that the relay is still there, if nothing else happens, in ms. */
const STILL_THERE_MS = 60_000;

/** Passes what the relay sends to the parts that handle it; the team subscribes by itself. */
export function followRelay(relay: RelayClient, ports: RelayEventsPorts): void {
  const { calls, callLog, contacts, live, log, notes, sharing, notices, sync, todo } = ports;
  const noteNotTaken = (error: unknown) =>
    log.error(`todo: could not be taken over: ${describe(error)}`);
  let told: Connection = { state: 'unconfigured' };
  relay.on('connection', (connection) => {
    if (isStillThere(told, connection)) return ports.ready.handleProof();
    told = connection;
    sync.handleConnection(connection);
    ports.ready.handleConnection(connection);
    if (connection.state === 'connected') ports.ringer.handleConnected();
    ports.changed();
  });
  relay.on('entry', (entry) => handleEntry(entry, ports));
  relay.on('ringing', (frame) => calls.handleRinging(frame));
  relay.on('replay-complete', ({ rang }) => {
    live.handleReplayComplete(rang.flatMap((id) => callLog.get(id) ?? []));
    sync.handleReplayComplete();
    void notes.share();
    takeErasures(relay, ports.eraser).catch((error: unknown) => {
      log.error(`erasures: those of the time away could not be asked for: ${describe(error)}`);
    });
    takeHolds(relay, ports.holds).catch((error: unknown) => {
      log.error(`legal holds: those of the time away could not be asked for: ${describe(error)}`);
    });
    void sharing.handleConnected(relay.numbers);
    todo.handleConnected(relay.numbers).catch(noteNotTaken);
    ports.messages.tellRead().catch((error: unknown) => {
      log.error(`messages: that they were read could not be told: ${describe(error)}`);
    });
  });
  relay.on('welcome', () => todo.handleReplay());
  relay.on('began', () => {
    todo.handleIncomplete();
    sharing.handleIncomplete();
    takeOverNotes({
      page: (before) => relay.earlierNotes(before),
      add: (earlier) => contacts.addEarlierNotes(earlier),
    }).catch((error: unknown) => log.error(`notes: earlier ones failed: ${describe(error)}`));
  });
  relay.on('rights', (change) => {
    const what = rightsWords(change, (id) => ports.numbers.find(id)?.label ?? id);
    if (what !== '') notices.add({ kind: 'info', code: 'rights-changed', values: { what } });
    todo.refresh();
    // Otherwise once everything from the time away is here.
    if (relay.connection.state === 'connected') {
      todo.handleNumbers(relay.numbers).catch(noteNotTaken);
      void sharing.handleConnected(relay.numbers);
    }
    ports.changed();
  });
  relay.on('log-incomplete', () => {
    todo.handleIncomplete();
    sharing.handleIncomplete();
    notices.add({ kind: 'warning', code: 'relay-log-incomplete' });
    sync.handleIncomplete();
  });
}

/** Whether only the relay's last sign of life is another. No window wakes for it: the one that shows it asks for it. */
const isStillThere = (told: Connection, now: Connection) =>
  told.state === 'connected' &&
  now.state === 'connected' &&
  now.since === told.since &&
  now.provenAt - told.provenAt < STILL_THERE_MS;

/** What was erased while this console was away has to go here, too. */
async function takeErasures(relay: RelayClient, eraser: RelayEventsPorts['eraser']): Promise<void> {
  for (const erasure of await relay.erasures(0)) eraser.handleErasure(erasure);
}

/** The same for legal holds. */
async function takeHolds(relay: RelayClient, holds: RelayEventsPorts['holds']): Promise<void> {
  for (const hold of await relay.legalHolds()) holds.handle(hold);
}

/**
 * An entry that cannot be handled is logged and skipped, because it would fail again and block all
 * later ones.
 */
function handleEntry(
  { cursor, at, body }: EntryFrame,
  {
    calls,
    callLog,
    contacts,
    messages,
    numbers,
    notices,
    ready,
    todo,
    eraser,
    holds,
    log,
  }: RelayEventsPorts,
): void {
  // After a restart the relay repeats offers of calls that still ring; other repeated entries are
  // known.
  const isRepeated = callLog.hasHeard(cursor);
  if (isRepeated && !(body.type === 'provider' && body.event.kind === 'offer')) return;
  if (body.type === 'erased') eraser.handleErasure(body.erasure);
  if (body.type === 'legal-hold') holds.handle(body);
  try {
    // Contacts first: once the call service commits, the entry counts as stored.
    if (!isRepeated) contacts.handleEntry(body);
  } catch (error) {
    log.error(`contacts: entry ${cursor} failed: ${describe(error)}`);
  }
  try {
    if (!isRepeated) todo.handleEntry({ cursor, at, body });
  } catch (error) {
    log.error(`todo: entry ${cursor} failed: ${describe(error)}`);
    todo.handleIncomplete();
  }
  try {
    if (!isRepeated) messages.handleEntry(body, at);
  } catch (error) {
    log.error(`messages: entry ${cursor} failed: ${describe(error)}`);
  }
  if (body.type === 'provider') {
    notifyLateness(notices, numbers.find(body.accountId), body.ahead);
    ready.handleWebhook(body.accountId, at);
  }
  try {
    calls.reports.handleEntry({ cursor, at, body });
  } catch (error) {
    log.error(`calls: entry ${cursor} failed: ${describe(error)}`);
    callLog.advance(cursor);
  }
}
