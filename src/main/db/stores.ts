import type { Settings } from '../../shared/ipc/settings.ts';
import type { Log } from '../log.ts';
import { AccountStore } from './accounts.ts';
import { CallNoteStore } from './call-notes.ts';
import { SqliteCallLog } from './call-log.ts';
import { CallReports } from './call-reports.ts';
import { ContactStore } from './contacts.ts';
import { deadlineSetting, erasuresSetting } from './erasing/erasures.ts';
import { ExportedFiles } from './erasing/exported-files.ts';
import { PersonErasure } from './erasing/person-erasure.ts';
import { DraftStore } from './drafts.ts';
import {
  enteredBillsSetting,
  knownAgentsSetting,
  presenceSetting,
  setAsideSetting,
  teamMessagesSetting,
} from './json-settings.ts';
import { OwnMessageStore } from './own-messages.ts';
import { NumberStates } from './number-state.ts';
import type { Db } from '../../sqlite/migrate.ts';
import { holdsSetting } from './recordings/holds.ts';
import { RecordingStore } from './recordings/recording-store.ts';
import { RateCardStore } from './rate-card.ts';
import { SqliteReadMarks } from './read-marks.ts';
import { RelayCursor } from './relay-cursor.ts';
import { SettingsStore } from './settings.ts';
import { TodoStore } from './todos.ts';

/**
 * All stores of one open file. They throw what the database throws; code that must not fail uses
 * `storage/`.
 */
export interface Stores {
  db: Db;
  calls: SqliteCallLog;
  callReports: CallReports;
  cursor: RelayCursor;
  settings: SettingsStore;
  accounts: AccountStore;
  contacts: ContactStore;
  drafts: DraftStore;
  notes: CallNoteStore;
  ownMessages: OwnMessageStore;
  numbers: NumberStates;
  todos: TodoStore;
  recordings: RecordingStore;
  rateCard: RateCardStore;
  presence: ReturnType<typeof presenceSetting>;
  teamMessages: ReturnType<typeof teamMessagesSetting>;
  knownAgents: ReturnType<typeof knownAgentsSetting>;
  enteredBills: ReturnType<typeof enteredBillsSetting>;
  marks: SqliteReadMarks;
  setAside: ReturnType<typeof setAsideSetting>;
  erasure: PersonErasure;
  erasures: ReturnType<typeof erasuresSetting>;
  /** Hashes of calls that the relay has put on legal hold. */
  holds: ReturnType<typeof holdsSetting>;
  exported: ExportedFiles;
  deadline: ReturnType<typeof deadlineSetting>;
}

export interface StoresOptions {
  defaults?: Settings | undefined;
  log: Pick<Log, 'warn'>;
  /** Called when a row that cannot be read was left out; `what` names it for a person. */
  leftOut?: ((what: string) => void) | undefined;
}

/** @throws if the file does not have the tables of its version */
export function openStores(db: Db, { defaults, log, leftOut }: StoresOptions): Stores {
  const contacts = new ContactStore(db);
  return {
    db,
    calls: new SqliteCallLog(db, leftOut),
    callReports: new CallReports(db),
    cursor: new RelayCursor(db),
    settings: new SettingsStore(db, defaults, leftOut),
    accounts: new AccountStore(db, log, leftOut),
    contacts,
    drafts: new DraftStore(db),
    notes: new CallNoteStore(db),
    ownMessages: new OwnMessageStore(db, contacts),
    numbers: new NumberStates(db),
    todos: new TodoStore(db),
    recordings: new RecordingStore(db),
    rateCard: new RateCardStore(db),
    presence: presenceSetting(db),
    teamMessages: teamMessagesSetting(db),
    knownAgents: knownAgentsSetting(db),
    enteredBills: enteredBillsSetting(db),
    marks: new SqliteReadMarks(db),
    setAside: setAsideSetting(db),
    erasure: new PersonErasure(db),
    erasures: erasuresSetting(db),
    exported: new ExportedFiles(db),
    holds: holdsSetting(db),
    deadline: deadlineSetting(db),
  };
}
