import { z } from 'zod';
import { languageTags } from '../../i18n/languages.ts';
import { linkSchemes } from '../../links/dial-link.ts';
import { LONGEST_ADDRESS, screenPopProblem } from '../../links/screen-pop.ts';
import { isTimeZone } from '../../rules/zoned-time.ts';
import { csvSeparators, exportColumns, exportFormats, exportPeriods } from '../export.ts';
import type { Settings } from '../settings.ts';
import { empty, historyFilter } from './fields.ts';

const deviceOrder = z
  .array(
    z
      .object({ id: z.string().max(500), label: z.string().max(500), group: z.string().max(500) })
      .strict(),
  )
  .max(20)
  .readonly();

/** Of a table; a column that only another version has is left out, and none that is left means all. */
const presetColumns = z
  .array(z.string().max(60))
  .readonly()
  .transform((names) => {
    const known = exportColumns.filter((column) => names.includes(column));
    return known.length > 0 ? known : undefined;
  })
  .optional();

const exportPreset = z
  .object({
    name: z.string().min(1).max(60),
    format: z.enum(exportFormats),
    separator: z.enum(csvSeparators).optional(),
    columns: presetColumns,
    manifest: z.boolean(),
    filter: historyFilter,
    every: z.enum(exportPeriods).optional(),
    folder: z.string().max(4_096).optional(),
  })
  .strict();

const settings = z
  .object({
    theme: z.enum(['system', 'light', 'dark']),
    language: z.enum(['system', ...languageTags]),
    microphones: deviceOrder,
    speakers: deviceOrder,
    ringers: deviceOrder,
    ringerVolume: z.number().min(0).max(1),
    defaultCountry: z.string().regex(/^[A-Z]{2}$/),
    acceptShortcut: z.string().max(60),
    declineShortcut: z.string().max(60),
    muteShortcut: z.string().max(60),
    selectionShortcut: z.string().max(60),
    ringdeskLinks: z.boolean(),
    screenPop: z
      .object({
        address: z
          .string()
          .max(LONGEST_ADDRESS)
          .refine((address) => address === '' || screenPopProblem(address) === undefined),
        name: z.string().trim().max(40),
        onAccept: z.boolean(),
      })
      .strict()
      .readonly(),
    localApi: z.boolean(),
    localApiPort: z.number().int().min(1_024).max(65_535),
    showRingWindow: z.boolean(),
    showNotification: z.boolean(),
    announceMessages: z.boolean(),
    trayHint: z.boolean(),
    savedViews: z
      .array(z.object({ name: z.string().min(1).max(60), filter: historyFilter }).strict())
      .max(20)
      .readonly(),
    exportPresets: z.array(exportPreset).max(20).readonly(),
    insightZone: z
      .string()
      .max(100)
      .refine((zone) => zone === '' || isTimeZone(zone)),
  })
  .strict() satisfies z.ZodType<Settings>;

export const settingsRoutes = {
  /** The call log gets a new key at the next start. */
  'storage.new-key': empty,
  'settings.set': z.object({ settings: settings.partial() }).strict(),
  /** Whether Ringdesk starts when this person signs in to the computer. */
  'autostart.get': empty,
  'autostart.set': z.object({ on: z.boolean() }).strict(),
  /** Which links this system opens here. */
  'links.get': empty,
  'links.set': z.object({ scheme: z.enum(linkSchemes), on: z.boolean() }).strict(),
  /** The token that programs need for the local API, and another one in its place. */
  'local-api.token': empty,
  'local-api.renew': empty,
  /** The agent's choice if only weak protection of secrets is available. */
  'vault.choose': z.object({ storeWeakly: z.boolean() }).strict(),
} as const;
