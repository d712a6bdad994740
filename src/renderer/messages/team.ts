import { lookUp, t } from '../../shared/i18n/i18n.ts';
import type { CallView } from '../../shared/call/view.ts';
import type { LiveCall, Notice } from '../../shared/ipc/model.ts';

/** The screen reader's announcement of a call: from a customer or a teammate. */
export function announcementText(name: string, { account, callOffer }: LiveCall): string {
  if (!callOffer) return t('team.announceCall', { name, number: account.label });
  const { why, from, note } = callOffer;
  if (why === 'requeue') return t('team.announceWaiting', { name, agent: from });
  return note === undefined
    ? t('team.announceTransfer', { agent: from, name })
    : t('team.announceTransferNote', { agent: from, name, note });
}

/** Who offers the call, and why it rings. */
export function callOfferText({ from, why }: NonNullable<LiveCall['callOffer']>): string {
  return why === 'transfer'
    ? t('team.transferFrom', { agent: from })
    : t('team.onHoldFrom', { agent: from });
}

/** The same in the past tense, for the history. */
export function receivedText({ from, why }: NonNullable<LiveCall['callOffer']>): string {
  return why === 'transfer'
    ? t('team.transferredBy', { agent: from })
    : t('team.wasOnHold', { agent: from });
}

/** One transfer, with its outcome. */
export function transferText(one: NonNullable<CallView['transfers']>[number]): string {
  const to = one.to === '' ? t('team.everyone') : one.to;
  return one.end === undefined
    ? to
    : t('team.transferEnd', { to, end: t(`team.transferEnds.${one.end}`) });
}

/** Why a transferred call came back. */
export function revertText({ values }: Notice): string {
  const end = lookUp('team.transferEnds', values['end'] ?? '') ?? '';
  return t('team.reverted', { name: values['name'] ?? '', end }).trim();
}
