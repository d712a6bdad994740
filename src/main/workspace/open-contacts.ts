import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { PickUpFacts } from '../../shared/rules/facts.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { CallService } from '../calls/call-service.ts';
import { CallbackReminders } from '../contacts/callback-reminders.ts';
import { ContactService } from '../contacts/contact-service.ts';
import { FileCache } from '../contacts/files/file-cache.ts';
import { MessageFiles } from '../contacts/files/message-files.ts';
import { NoteService } from '../contacts/note-service.ts';
import { PeopleSharing } from '../contacts/people-sharing.ts';
import { People } from '../contacts/people.ts';
import {
  type SafeContacts,
  SafeOwnMessages,
  type SafeRateCard,
} from '../db/storage/safe-stores.ts';
import { describe } from '../log.ts';
import type { NumberService } from '../numbers/number-service.ts';
import type { Numbers } from '../numbers/numbers.ts';
import type { RelayClient } from '../relay-client/relay-client.ts';
import { callbackNoticeId, notifyCallback } from '../snapshot/callback-notices.ts';
import type { LiveCalls } from '../snapshot/live-calls.ts';
import type { TodoService } from '../todo/todo-service.ts';
import type { WorkspacePorts } from './workspace.ts';
import type { WorkspaceStorage } from './workspace-storage.ts';

export interface ContactsParts {
  workspace: WorkspacePorts;
  file: WorkspaceStorage;
  store: SafeContacts;
  numbers: Numbers;
  numberService: NumberService;
  rateCard: SafeRateCard;
  pickUp: (accountId: string) => PickUpFacts | undefined;
  calls: CallService;
  live: LiveCalls;
  todo: TodoService;
  relay: RelayClient | undefined;
  self: () => Agent;
}

export interface Contacts {
  contacts: ContactService;
  /** Who is one person. */
  people: People;
  /** Tells teammates, and learns from them. */
  sharing: PeopleSharing;
  /** The files of messages. */
  files: MessageFiles;
  notes: NoteService;
  /** Of callbacks that were promised. */
  reminders: CallbackReminders;
}

/** The customers: their messages, names, files, notes and callbacks. */
export function openContacts(parts: ContactsParts): Contacts {
  const { file, store, numbers, calls, live, todo, relay, self } = parts;
  const { callLog } = file;
  const { clock, log, notices, changed, historyChanged, contactsChanged } = parts.workspace;
  const reminders = new CallbackReminders({
    open: () => file.notes.callbacks(),
    clock,
    remind(callback) {
      notifyCallback(notices, callback);
      parts.workspace.announce({ kind: 'callback', party: callback.party });
    },
    resolve: (callId) => notices.remove(callbackNoticeId(callId)),
  });
  const own = new SafeOwnMessages(file.storage);
  const contacts = new ContactService({
    store,
    own,
    numbers: numbers.states,
    facts: numbers.facts,
    numberService: parts.numberService,
    rateCard: parts.rateCard,
    pickUp: parts.pickUp,
    accounts: numbers.accounts,
    provider: numbers.provider,
    live: () => calls.live(),
    isOurs: (accountId, id) => callLog.byProviderId(accountId, id) !== undefined,
    self,
    reportSent: async (what) => (await relay?.sent(what)) ?? false,
    clock,
    newId: randomUUID,
    log,
    described() {
      live.handlePeople();
      historyChanged();
    },
    changed() {
      // A teammate may have made it.
      reminders.refresh();
      // Two customers may turn out to be one.
      todo.handlePeople();
      live.handleMessages();
      contactsChanged();
      changed();
    },
  });
  const peopleChanged = () => {
    reminders.refresh();
    live.handlePeople();
    todo.handlePeople();
    historyChanged();
    contactsChanged();
    changed();
  };
  const sharing = new PeopleSharing({
    store,
    relay: {
      people: async (what) => (await relay?.people(what)) ?? false,
      knownPeople: async (after) => relay?.knownPeople(after),
    },
    self,
    accounts: () => numbers.accounts.map(({ id }) => id),
    changed: peopleChanged,
    failed: (error) => log.error(`people: sharing failed: ${describe(error)}`),
  });
  const people = new People({
    store,
    self,
    share: () => void sharing.share(),
    clock,
    changed: peopleChanged,
  });
  const now = () => clock.now();
  const files = new MessageFiles({
    message: (identity) => own.get(identity),
    provider: numbers.provider,
    fetch: parts.workspace.transport.fetch,
    cache: new FileCache({
      folder: join(dirname(parts.workspace.database), 'message-files'),
      keys: parts.workspace.databaseKeys,
      now,
      log,
    }),
    handleSaved: (path) => file.erasures.noteExport({ path, at: now(), has: 'people' }),
    now,
    log,
  });
  const notes = new NoteService({
    store: file.notes,
    call: (callId) => callLog.get(callId),
    report: async (what) => (await relay?.noted(what)) ?? false,
    clock,
    callbacksChanged: () => reminders.refresh(),
    changed: historyChanged,
    failed: (error) => log.error(`notes: sharing failed: ${describe(error)}`),
  });
  return { contacts, people, sharing, files, notes, reminders };
}
