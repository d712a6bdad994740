import type { Call } from '../calls/call.ts';
import type { Destination, ZernioAccount } from '../config.ts';
import type { Customer } from '../customers/directory.ts';
import type { World } from '../providers.ts';
import type { Calling } from './calling.ts';

/** What Zernio stores about a call besides what the world knows. Times are Unix ms. */
export interface CallNotes {
  metaCallId: string;
  forwardTo: string;
  recording: boolean;
  /** When the destination answered. */
  transferredAt: number | undefined;
  /** From the destination: 486 busy. */
  sipHangupCause: string | undefined;
}

/** One number at Zernio. */
export interface ZernioNumber {
  readonly account: ZernioAccount;
  readonly world: World;
  calling: Calling;
  destination: Destination;
  readonly notes: Map<string, CallNotes>;
}

/** The number in E.164. */
export const e164 = (number: string): string => `+${number.replaceAll(/\D/g, '')}`;

export const numberOf = ({ waId }: Customer): string | null =>
  waId === undefined ? null : e164(waId);

export const callsOf = ({ world, account }: ZernioNumber): Call[] =>
  world.switchboard.all().filter(({ accountId }) => accountId === account.id);
