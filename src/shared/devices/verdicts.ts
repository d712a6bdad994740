import type { EchoReport } from './echo.ts';
import type { NetworkReport } from './network.ts';

/** Whether the agent will be heard, by the levels (0–1, logarithmic) while they spoke. */
export type MicrophoneVerdict = 'good' | 'quiet' | 'loud' | 'silent';

/** Below: the noise of an open microphone; a muted one has none at all. */
const SILENT = 0.2;
const QUIET = 0.45;
/** Nearly full scale for as long as a word means distortion. */
const LOUD = 0.95;
const LOUD_SHARE = 0.1;

export function microphoneVerdict(levels: readonly number[]): MicrophoneVerdict {
  const loudest = Math.max(0, ...levels);
  if (loudest < SILENT) return 'silent';
  const clipped = levels.filter((level) => level >= LOUD).length;
  if (clipped > levels.length * LOUD_SHARE) return 'loud';
  return loudest < QUIET ? 'quiet' : 'good';
}

/** How calls will sound on this network. */
export type NetworkVerdict = 'good' | 'fair' | 'poor' | 'blocked' | 'unmeasured';

/** Voice suffers above these: one way of delay, as ITU-T G.114 limits it, and loss. */
const FAIR = { rttMs: 300, lossPercent: 2 };
const POOR = { rttMs: 600, lossPercent: 8 };

export function networkVerdict({ stun, turn, rttMs, lossPercent }: NetworkReport): NetworkVerdict {
  if (turn === 'silent' || (turn === 'none' && stun === 'silent')) return 'blocked';
  if (rttMs === undefined || lossPercent === undefined) {
    return stun === 'answered' ? 'good' : 'unmeasured';
  }
  return soundOf({ rttMs, lossPercent });
}

function soundOf({ rttMs, lossPercent }: { rttMs: number; lossPercent: number }) {
  if (rttMs > POOR.rttMs || lossPercent > POOR.lossPercent) return 'poor';
  return rttMs > FAIR.rttMs || lossPercent > FAIR.lossPercent ? 'fair' : 'good';
}

/**
 * Whether a customer will hear the agent, by what the relay sent back. `silent`: nothing was said, or the microphone is
 * mute; `lost`: it was said, and did not come back.
 */
export type EchoVerdict =
  | 'good'
  | 'fair'
  | 'poor'
  | 'quiet'
  | 'silent'
  | 'lost'
  | Exclude<EchoReport['end'], 'heard'>;

export function echoVerdict(report: EchoReport): EchoVerdict {
  if (report.end !== 'heard') return report.end;
  const { spoken, heard, rttMs = 0, lossPercent } = report;
  if (spoken < SILENT) return 'silent';
  if (heard < SILENT) return 'lost';
  const sound = soundOf({ rttMs, lossPercent });
  return sound === 'good' && heard < QUIET ? 'quiet' : sound;
}
