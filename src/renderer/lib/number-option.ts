import type { AccountView } from '../../shared/ipc/model.ts';
import { numberWords } from '../words.ts';

/** One of our numbers in a list of them, with a mark when something is wrong with it. */
export function numberOption({ findings }: AccountView, name: string): string {
  const worst = findings.find(({ severity }) => severity === 'block' || severity === 'warn');
  if (worst?.severity !== 'block' && worst?.severity !== 'warn') return name;
  return `${name} (${numberWords.marks[worst.severity]})`;
}
