import { t } from '../../shared/i18n/i18n.ts';
import type { NewCallFilled, NoNumber } from '../../shared/ipc/programs.ts';
import { displayPhone } from '../../shared/lib/phone.ts';
import { newCallRemarks } from '../messages/new-call.ts';
import { fillNewCall, sayRemarks, toast } from '../state/ui.ts';

/** Another program named somebody to call: fills New call, and says what else it named. */
export function handleNewCall(filled: NewCallFilled): void {
  const { number, accountId, isQuiet } = filled;
  const shown = number.startsWith('+') ? displayPhone(number) : number;
  fillNewCall(shown, accountId, !isQuiet);
  sayRemarks(() => newCallRemarks(filled, isQuiet ? shown : undefined));
}

/** Another program named nobody to call. */
export function handleNoNumber(why: NoNumber): void {
  toast(
    'info',
    () => ({ what: t('links.nothingFilled'), next: t(`links.problems.${why}`) }),
    'new-call',
  );
}
