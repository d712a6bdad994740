/** Where Zernio forwards a number's calls (docs/providers/zernio.md#configuration). */
export type ForwardTo =
  | { kind: 'tel' | 'sip' | 'wss'; uri: string }
  | { kind: 'wrong'; problem: ForwardProblem };

type ForwardProblem =
  | 'empty'
  | 'not-a-destination'
  | 'not-a-number'
  | 'own-number'
  | 'not-a-sip-address'
  | 'not-encrypted'
  | 'not-a-media-server';

/**
 * Parses what an administrator typed. A bare number with `+` becomes `tel:`; separators in numbers
 * are dropped.
 *
 * @param ownNumber the business number, with or without `+`, which Zernio refuses as its own
 * destination
 */
export function readForwardTo(input: string, ownNumber?: string): ForwardTo {
  const typed = input.trim();
  if (typed === '') return wrong('empty');
  if (/^(?:tel:|\+)/i.test(typed)) return readTel(typed.replace(/^tel:/i, ''), ownNumber);
  if (/^sip:/i.test(typed)) return readSip(typed);
  if (/^wss:/i.test(typed)) return readWss(typed);
  return wrong(/^ws:/i.test(typed) ? 'not-encrypted' : 'not-a-destination');
}

function wrong(problem: ForwardProblem): ForwardTo {
  return { kind: 'wrong', problem };
}

/** E.164: at most 15 digits without a leading zero. */
function readTel(typed: string, ownNumber: string | undefined): ForwardTo {
  const number = typed.replace(/[ ().-]/g, '');
  if (!/^\+[1-9]\d{5,14}$/.test(number)) return wrong('not-a-number');
  if (ownNumber !== undefined && number === `+${ownNumber.replace(/\D/g, '')}`) {
    return wrong('own-number');
  }
  return { kind: 'tel', uri: `tel:${number}` };
}

const HOST = String.raw`(?:[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*|\[[\da-f:.]+\])(?::\d{1,5})?`;
const SIP = new RegExp(String.raw`^sip:(?:[^\s@;?]+@)?${HOST}(?:[;?]\S*)?$`, 'i');
const WSS = new RegExp(String.raw`^wss:\/\/${HOST}(?:[/?]\S*)?$`, 'i');

function readSip(typed: string): ForwardTo {
  if (!SIP.test(typed)) return wrong('not-a-sip-address');
  return { kind: 'sip', uri: typed.replace(/^sip:/i, 'sip:') };
}

function readWss(typed: string): ForwardTo {
  if (!WSS.test(typed)) return wrong('not-a-media-server');
  return { kind: 'wss', uri: typed.replace(/^wss:/i, 'wss:') };
}
