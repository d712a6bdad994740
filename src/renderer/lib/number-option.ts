import { t } from '../../shared/i18n/i18n.ts';
import type { AccountView } from '../../shared/ipc/model.ts';

/** One of our numbers in a list of them, with a mark when something is wrong with it. */
export function numberOption({ findings }: AccountView, name: string): string {
  const worst = findings.find(({ severity }) => severity === 'block' || severity === 'warn');
  if (worst?.severity !== 'block' && worst?.severity !== 'warn') return name;
  return `${name} (${t(`numbers.marks.${worst.severity}`)})`;
}
