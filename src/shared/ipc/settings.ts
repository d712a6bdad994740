import type { KnownDevice } from '../devices/preference.ts';
import type { LanguageSetting } from '../i18n/languages.ts';
import type { ScreenPop } from '../links/screen-pop.ts';
import type { CsvSeparator, ExportColumn, ExportFormat, ExportPeriod } from './export.ts';
import type { HistoryFilter } from './history.ts';

export interface Settings {
  theme: 'system' | 'light' | 'dark';
  language: LanguageSetting;
  /** Remembered devices, best first. After them comes the system's default. */
  microphones: readonly KnownDevice[];
  speakers: readonly KnownDevice[];
  ringers: readonly KnownDevice[];
  /** 0–1. */
  ringerVolume: number;
  /** ISO country used for numbers typed without `+`. */
  defaultCountry: string;
  /** Electron accelerators; empty = none. */
  acceptShortcut: string;
  declineShortcut: string;
  muteShortcut: string;
  selectionShortcut: string;
  /** `ringdesk:` links open here, unless another program already has them. */
  ringdeskLinks: boolean;
  /** Unless the profile has one. */
  screenPop: ScreenPop;
  /** Programs on this machine can use Ringdesk. */
  localApi: boolean;
  /** Where it is offered, unless another program has this port. */
  localApiPort: number;
  showRingWindow: boolean;
  showNotification: boolean;
  /** A sound and a notification when a customer writes, or a promised call is due. */
  announceMessages: boolean;
  /** Closing the window next time explains that Ringdesk keeps ringing in the tray. */
  trayHint: boolean;
  /** Filters of the call list that the agent uses again, in their order. */
  savedViews: readonly SavedView[];
  /** Exports that the agent makes again, or that repeat by themselves. */
  exportPresets: readonly ExportPreset[];
  /** In which days and hours are counted, an IANA name; empty: this computer's. */
  insightZone: string;
}

/** An export with the agent's name for it. */
export interface ExportPreset {
  name: string;
  format: ExportFormat;
  separator?: CsvSeparator | undefined;
  /** Of a table; all by default. */
  columns?: readonly ExportColumn[] | undefined;
  manifest: boolean;
  filter: HistoryFilter;
  /** Repeats by itself, with the calls of the last whole period, into `folder`. */
  every?: ExportPeriod | undefined;
  folder?: string | undefined;
}

/** A filter of the call list with the agent's name for it. */
export interface SavedView {
  name: string;
  filter: HistoryFilter;
}
