import { t } from '../../shared/i18n/i18n.ts';
import type { AccountView } from '../../shared/ipc/account.ts';

/** The label of one of our numbers in a list, marked if something is wrong with the number. */
export function numberOption({ findings }: AccountView, name: string): string {
  const worst = findings.find(({ severity }) => severity === 'block' || severity === 'warn');
  if (worst?.severity !== 'block' && worst?.severity !== 'warn') return name;
  return `${name} (${t(`numbers.marks.${worst.severity}`)})`;
}
