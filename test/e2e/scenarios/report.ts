import { t } from '../../../src/shared/i18n/i18n.ts';
import type { CallBill } from '../../../src/shared/providers/events.ts';
import {
  type Capabilities,
  type MissingReason,
} from '../../../src/shared/providers/capabilities.ts';
import type { ProviderId } from '../../../src/shared/rules/data/providers.ts';

/** One call measured at both ends. A `null` without a `reason` should have been measured. */
export interface CallFigures extends Explained<CallFigure> {
  /** From dialling to ringing at the other end, as the console shows it, in ms. */
  ringMs: number | null;
  /** From answering to the first audio the agent hears, in ms. */
  acceptToAudioMs: number | null;
  /** Pitch the agent heard, measured at the softphone's output with Web Audio, in Hz. */
  downlinkToneHz: number | null;
  /** Pitch the customer heard, in Hz. */
  uplinkToneHz: number | null;
  /** Both directions together. For streamed audio: frames missing at their playing time. */
  packetsLost: number | null;
  /** As reported by the provider. */
  durationSeconds: number | null;
  /** The provider's bill for this call, in US dollars. */
  bill: CallBill | null;
  /** The phases the console showed, in order; for an external call with its stage. */
  phases: readonly string[];
}

type CallFigure =
  | 'ringMs'
  | 'acceptToAudioMs'
  | 'downlinkToneHz'
  | 'uplinkToneHz'
  | 'packetsLost'
  | 'durationSeconds'
  | 'bill';

interface Explained<Figure extends string> {
  /** Why a figure is `null`, in the texts of the number's capabilities. */
  reason: Readonly<Partial<Record<Figure, string>>>;
}

export interface DemoReport extends Explained<'reconciled'> {
  /** Electron version used. */
  electron: string;
  /** Whether that is the version in package.json. */
  official: boolean;
  provider: ProviderId;
  /** The number's media path. */
  path: Capabilities['path'];
  inbound: CallFigures;
  outbound: CallFigures;
  /** Whether the unanswered call was logged as missed. */
  missed: boolean;
  log: { rows: number };
  export: { path: string; rows: number };
  /** Calls missed by console and webhooks alike that were read from the provider's list. */
  reconciled: number | null;
}

/** The figures a number cannot have, each with the reason. */
export function reasonsOf(capabilities: Capabilities): {
  call: CallFigures['reason'];
  day: DemoReport['reason'];
} {
  const { accept, cost, callList } = capabilities;
  // A call that is not answered here cannot be heard here.
  const unheard = why(accept);
  const unpriced = why(cost);
  const unread = why(callList);
  return {
    call: {
      ...(unheard !== undefined && {
        acceptToAudioMs: unheard,
        downlinkToneHz: unheard,
        uplinkToneHz: unheard,
        packetsLost: unheard,
      }),
      ...(unpriced !== undefined && { bill: unpriced }),
    },
    day: { ...(unread !== undefined && { reconciled: unread }) },
  };
}

function why(ability: 'available' | { missing: MissingReason }): string | undefined {
  return ability === 'available' ? undefined : t(`missing.${ability.missing}`);
}

/** One sentence per promise of the number that the report does not keep. Empty if all is well. */
export function brokenPromises(report: DemoReport): string[] {
  const broken = (['inbound', 'outbound'] as const).flatMap((direction) =>
    withoutReason(report[direction]).map((figure) => `the ${direction} call has no ${figure}`),
  );
  if (!report.missed) broken.push('the call nobody took is not in the log as missed');
  if (report.log.rows !== 3) broken.push(`the log has ${report.log.rows} calls instead of 3`);
  if (report.export.rows !== report.log.rows) {
    broken.push(`the export has ${report.export.rows} calls and the log ${report.log.rows}`);
  }
  if (report.reason.reconciled === undefined && report.reconciled !== 1) {
    broken.push(`${report.reconciled ?? 'none'} of 1 untold call was read at the provider`);
  }
  return broken.map((what) => `A ${report.provider} number promises more: ${what}.`);
}

function withoutReason(figures: CallFigures): string[] {
  const { reason, phases: _, ...measured } = figures;
  const explained: Readonly<Record<string, string | undefined>> = reason;
  return Object.entries(measured).flatMap(([figure, value]) =>
    value === null && explained[figure] === undefined ? [figure] : [],
  );
}
