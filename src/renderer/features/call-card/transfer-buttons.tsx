import { traitsOf } from '../../../shared/providers/media-path.ts';
import { t } from '../../../shared/i18n/i18n.ts';
import { useState } from 'react';
import type { LiveCall } from '../../../shared/ipc/live-call.ts';
import type { Teammate } from '../../../shared/protocol/frames.ts';
import { classes } from '../../lib/classes.ts';
import { GuardedButton } from '../../ui/button.tsx';
import type { TeamTarget } from './teammates.ts';
import { TransferDialog, type TransferChoice } from './transfer-dialog.tsx';
import css from './call-card.module.css';

interface TransferButtonsProps {
  call: LiveCall;
  teammates: readonly Teammate[];
  teams: readonly TeamTarget[];
  onHoldChange: (hold: boolean) => void;
  onTransfer: (offer: TransferChoice) => void;
}

/** Hold and Transfer, or the reason why this call has neither. */
export function TransferButtons({
  call,
  teammates,
  teams,
  onHoldChange,
  onTransfer,
}: TransferButtonsProps) {
  const [open, setOpen] = useState(false);
  const { team } = call;
  const onHold = team?.onHold ?? false;
  const later = call.phase.name === 'connected' ? undefined : t('team.notConnected');
  const moving = team?.asking !== undefined || team?.consulting !== undefined;
  const { isTransferable } = traitsOf(call.path);
  return (
    <>
      <GuardedButton
        icon={onHold ? 'play' : 'pause'}
        className={classes(css.switch, css.third)}
        look={onHold ? 'accent' : 'plain'}
        blocked={!isTransferable ? t('team.holdDirect') : moving ? t('team.movingAlready') : later}
        onClick={() => onHoldChange(!onHold)}
      >
        {onHold ? t('team.resume') : t('team.hold')}
      </GuardedButton>
      <GuardedButton
        icon="transfer"
        className={css.third}
        blocked={
          !isTransferable ? t('team.transferDirect') : moving ? t('team.movingAlready') : later
        }
        onClick={() => setOpen(true)}
      >
        {t('team.transfer')}
      </GuardedButton>
      {open && (
        <TransferDialog
          callId={call.id}
          teammates={teammates}
          teams={teams}
          onTransfer={onTransfer}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
