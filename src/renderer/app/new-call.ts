import { t } from '../../shared/i18n/i18n.ts';
import type { NewCallFilled, NoNumber } from '../../shared/ipc/programs.ts';
import { displayPhone } from '../../shared/lib/phone.ts';
import { fillNewCall, toast } from '../state/ui.ts';

/** Another program named somebody to call: fills New call, and says what else it named. */
export function handleNewCall(filled: NewCallFilled): void {
  const { number, accountId, isQuiet, unknownFrom, extension, several } = filled;
  const shown = number.startsWith('+') ? displayPhone(number) : number;
  fillNewCall(shown, accountId, !isQuiet);
  const remarks = [
    isQuiet && t('links.quiet', { number: shown }),
    unknownFrom !== undefined && t('links.unknownFrom', { from: unknownFrom }),
    extension !== undefined && t('links.extension', { extension }),
    several === true && t('links.several'),
  ].filter((remark) => remark !== false);
  const [first, ...more] = remarks;
  if (first === undefined) return;
  toast('info', first, { topic: 'new-call', ...(more.length > 0 && { list: more }) });
}

/** Another program named nobody to call. */
export function handleNoNumber(why: NoNumber): void {
  toast('info', t('links.nothingFilled'), { next: t(`links.problems.${why}`), topic: 'new-call' });
}
