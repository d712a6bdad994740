import { fill, t } from '../../../shared/i18n/i18n.ts';
import type { CheckText, Repair } from '../../../shared/checks/check.ts';
import { findingMessage, showValues } from '../../../shared/rules/finding-message.ts';
import { showValueAt } from '../../lib/show-value.ts';

/** What a check says, in one sentence. */
export function checkText(says: CheckText, now: number): string {
  const show = showValueAt(now);
  if ('code' in says) return findingMessage(says, show).what;
  return fill(`checks.says.${says.key}`, showValues(says.values ?? {}, show));
}

/** What is copied for the admin: a sentence or a command; undefined for what is done here. */
export function copiedText(repair: Repair): string | undefined {
  switch (repair.kind) {
    case 'button':
      return undefined;
    case 'command':
      return repair.command;
    case 'line':
      return fill(`checks.lines.${repair.line}`, repair.values ?? {});
    default:
      return repair satisfies never;
  }
}

/** The label of a repair's button. */
export function repairLabel(repair: Repair): string {
  switch (repair.kind) {
    case 'button':
      return t(`checks.actions.${repair.action}`);
    case 'command':
      return t('checks.copyCommand');
    case 'line':
      return t('checks.copy');
    default:
      return repair satisfies never;
  }
}
