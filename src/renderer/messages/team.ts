import { assertNever } from '../../shared/lib/assert-never.ts';
import { lookUp, t } from '../../shared/i18n/i18n.ts';
import type { CallView } from '../../shared/call/view.ts';
import type { LiveCall } from '../../shared/ipc/live-call.ts';
import type { Notice } from '../../shared/ipc/notices.ts';

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
export function callOfferText({ from, why, team }: NonNullable<LiveCall['callOffer']>): string {
  switch (why) {
    case 'transfer':
      return team === undefined
        ? t('team.transferFrom', { agent: from })
        : t('team.transferToTeam', { agent: from, team });
    case 'take-over':
      return t('team.takingOverFrom', { agent: from });
    case 'requeue':
      return t('team.onHoldFrom', { agent: from });
    default:
      return assertNever(why, 'why a call is offered');
  }
}

/** The same in the past tense, for the history. */
export function receivedText({ from, why }: NonNullable<LiveCall['callOffer']>): string {
  switch (why) {
    case 'transfer':
      return t('team.transferredBy', { agent: from });
    case 'take-over':
      return t('team.takenOverFrom', { agent: from });
    case 'requeue':
      return t('team.wasOnHold', { agent: from });
    default:
      return assertNever(why, 'why a call was offered');
  }
}

/** One transfer, with its outcome. */
export function transferText(one: NonNullable<CallView['transfers']>[number]): string {
  const to = one.to === '' ? t('team.everyone') : one.to;
  if (one.isTakeOver && one.end === 'accepted') return t('team.takenOverBy', { name: to });
  return one.end === undefined
    ? to
    : t('team.transferEnd', { to, end: t(`team.transferEnds.${one.end}`) });
}

/** Why a transferred call came back. */
export function revertText({ values }: Notice): string {
  const { name = '', end = '' } = values;
  // It was offered to a whole team.
  if (name === '') return t('team.reverted.nobody');
  return lookUp('team.reverted', end, { name }) ?? t('notices.transfer-reverted.what', { name });
}
