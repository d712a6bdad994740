import type { Settings } from '../../shared/ipc/settings.ts';
import { requests } from '../../shared/ipc/routes.ts';
import { parseColumn } from './json.ts';
import type { Db } from '../../sqlite/migrate.ts';

/** Settings of a new console. */
export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  microphones: [],
  speakers: [],
  ringers: [],
  ringerVolume: 0.8,
  defaultCountry: 'US',
  acceptShortcut: '',
  declineShortcut: '',
  muteShortcut: '',
  // None: it would be taken from all other programs, and types letters on some keyboards.
  selectionShortcut: '',
  ringdeskLinks: true,
  screenPop: { address: '', name: '', onAccept: true },
  localApi: false,
  localApiPort: 47_520,
  showRingWindow: true,
  showNotification: true,
  announceMessages: true,
  trayHint: true,
  savedViews: [],
  exportPresets: [],
  insightZone: '',
};

/** The agent's settings, one row each. A value that is no longer valid counts as not set. */
export class SettingsStore {
  readonly #db: Db;
  readonly #defaults: Settings;
  readonly #leftOut: (what: string) => void;

  /** @param leftOut called with a setting that cannot be read */
  constructor(
    db: Db,
    defaults: Settings = defaultSettings,
    leftOut: (what: string) => void = () => undefined,
  ) {
    this.#db = db;
    this.#defaults = defaults;
    this.#leftOut = leftOut;
  }

  get(): Settings {
    const { settings } = requests['settings.set'].shape;
    let all = this.#defaults;
    for (const row of this.#db
      .prepare<[], { key: string; value: string }>('SELECT key, value FROM setting')
      .all()) {
      // Other stores share this table.
      if (!(row.key in this.#defaults)) continue;
      const value = parseColumn(row.value);
      const stored = settings.safeParse({ [row.key]: value });
      if (stored.success && value !== undefined) all = { ...all, ...stored.data };
      else this.#leftOut(`setting ${row.key}`);
    }
    return all;
  }

  /** Stores the given settings and leaves the others. @returns all of them as they are now */
  set(changes: Partial<Settings>): Settings {
    const put = this.#db.prepare<[string, string]>(
      `INSERT INTO setting (key, value) VALUES (?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    );
    this.#db.transaction(() => {
      for (const [key, value] of Object.entries(changes)) {
        if (value !== undefined) put.run(key, JSON.stringify(value));
      }
    })();
    return this.get();
  }
}
