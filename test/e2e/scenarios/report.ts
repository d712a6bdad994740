import type { CallBill } from '../../../src/shared/providers/events.ts';
import {
  type Capabilities,
  type MissingReason,
  missingWords,
} from '../../../src/shared/providers/capabilities.ts';
import type { ProviderId } from '../../../src/shared/rules/data/providers.ts';

/** What one call was like, measured at both ends. `null`: see `reason`; without one it should have been measured. */
export interface CallFigures extends Explained<CallFigure> {
  /** The customer's (or the agent's) first move to the ring at the other end, as the console shows it, ms. */
  ringMs: number | null;
  /** Accept, or the customer's pick-up, to the first sound in the agent's ear, ms. */
  acceptToAudioMs: number | null;
  /** Pitch the agent heard: what came out of the softphone, measured with Web Audio, Hz. */
  downlinkToneHz: number | null;
  /** Pitch the customer heard: decoded at the customer's side, Hz. */
  uplinkToneHz: number | null;
  /** Both directions together. Of raw sound: frames that were missing when they were to be played. */
  packetsLost: number | null;
  /** As the provider reported it. */
  durationSeconds: number | null;
  /** What it cost, as the provider says of this one call, US dollars. */
  bill: CallBill | null;
  /** What the console said of the call, in the order in which it said so; of a bridged call with its stage. */
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
  /** Why a figure is `null`, in the words of the number's capabilities. */
  reason: Readonly<Partial<Record<Figure, string>>>;
}

export interface DemoReport extends Explained<'reconciled'> {
  /** Version of the Electron that played. */
  electron: string;
  /** Whether that is the Electron that package.json names. */
  official: boolean;
  provider: ProviderId;
  /** Where the voice goes. */
  media: Capabilities['media'];
  inbound: CallFigures;
  outbound: CallFigures;
  /** Whether a call nobody took is in the log as missed. */
  missed: boolean;
  log: { rows: number };
  export: { path: string; rows: number };
  /** Calls that came while the console was shut, were told by no webhook, and were read in the provider's list. */
  reconciled: number | null;
}

/** Figures that a number cannot have, each with the reason why. */
export function reasonsOf(capabilities: Capabilities): {
  call: CallFigures['reason'];
  day: DemoReport['reason'];
} {
  const { accept, cost, callList } = capabilities;
  // Who does not take the call hears nothing of it.
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
  return ability === 'available' ? undefined : missingWords[ability.missing];
}

/** What the number promises and the report does not hold, a sentence each; none: all is well. */
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
