import { z } from 'zod';
import { insightPart, insightRange } from '../../protocol/insight.ts';
import { enteredBill } from '../entered-bill.ts';
import { csvSeparators, exportColumns, exportFormats } from '../export.ts';
import { callId, empty, historyFilter } from './fields.ts';

/** A picture of 4,000 by 2,000 pixels is far below. */
const LONGEST_PICTURE = 20_000_000;

/** Chosen by the window that requests the export. */
const exportId = z.string().min(1).max(100);

export const historyRoutes = {
  'history.list': z
    .object({
      filter: historyFilter,
      after: z.string().max(200).optional(),
      limit: z.number().int().min(1).max(200),
    })
    .strict(),
  /** How many calls each filter finds, as far as that is soon known; the views that may be saved, and one more. */
  'history.counts': z.object({ filters: z.array(historyFilter).max(21) }).strict(),
  'history.get': z.object({ callId }).strict(),
  /** Marks missed calls as seen; without `callId` all of them. */
  'history.seen': z.object({ callId: callId.optional() }).strict(),
  /** What the calls of this console's log add up to, or with `ofTeam`, for supervisors, those of the whole team. */
  'insight.figures': z
    .object({ part: insightPart, range: insightRange, ofTeam: z.boolean() })
    .strict(),
  /** Asks where to save a picture (a PNG as base64) or a table (CSV), and writes it. */
  'insight.save': z
    .object({
      name: z.string().min(1).max(100),
      content: z.discriminatedUnion('type', [
        z.object({ type: z.literal('png'), base64: z.base64().max(LONGEST_PICTURE) }).strict(),
        z.object({ type: z.literal('csv'), text: z.string().max(LONGEST_PICTURE) }).strict(),
      ]),
    })
    .strict(),
  /** Below which pick-up rates the agent is warned, and outgoing calls are held back. */
  'insight.limits': empty,
  /** Bills that somebody entered. */
  'insight.bills': empty,
  /** Enters one, for admins; without an amount it is removed. */
  'insight.set-bill': enteredBill.partial({ amount: true }),
  /** Opens a dialog for a file and writes it; progress arrives as events with `id`. */
  'export.calls': z
    .object({
      id: exportId,
      format: z.enum(exportFormats),
      separator: z.enum(csvSeparators).optional(),
      /** Of a table; all by default. */
      columns: z.array(z.enum(exportColumns)).min(1).optional(),
      /** Also write what is in the file, and its checksum, beside it. */
      manifest: z.boolean().optional(),
      filter: historyFilter,
    })
    .strict(),
  /** Asks for the folder of an export that repeats. */
  'export.folder': empty,
  /** Cancels an export; no file is left behind. */
  'export.cancel': z.object({ id: exportId }).strict(),
} as const;
