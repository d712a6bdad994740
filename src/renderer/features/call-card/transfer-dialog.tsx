import { t } from '../../../shared/i18n/i18n.ts';
import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import type { Teammate } from '../../../shared/protocol/frames.ts';
import { useKeptText } from '../../state/drafts.ts';
import { Button } from '../../ui/button.tsx';
import choice from '../../ui/choice.module.css';
import { Combobox } from '../../ui/combobox.tsx';
import dialog from '../../ui/dialog.module.css';
import { TextArea } from '../../ui/field.tsx';
import { isFree } from './teammates.ts';
import css from './transfer.module.css';

export interface TransferChoice {
  to: string;
  mode: 'blind' | 'consult';
  note: string;
}

interface TransferDialogProps {
  callId: string;
  /** Candidates as of now. */
  teammates: readonly Teammate[];
  onTransfer: (offer: TransferChoice) => void;
  onClose: () => void;
}

/** Chooses the teammate, the note and whether to talk to them first. */
export function TransferDialog({ callId, teammates, onTransfer, onClose }: TransferDialogProps) {
  const [chosenId, setChosenId] = useState<string>();
  const [note, setNote] = useKeptText([`transfer-note/${callId}`]);
  // Looked up again on every render: the teammate may have become busy meanwhile.
  const chosen = teammates.find(({ id }) => id === chosenId);
  const nobody = teammates.some(isFree) ? undefined : t('team.noneFree');
  const blocked = nobody ?? (chosen ? undefined : t('team.pickFirst'));
  const send = (mode: TransferChoice['mode']) => {
    if (!chosen) return;
    onTransfer({ to: chosen.id, mode, note: note.trim() });
    setNote('');
    onClose();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.scrim} />
        <Dialog.Popup className={dialog.popup}>
          <Dialog.Title className={dialog.title}>{t('team.transferTitle')}</Dialog.Title>
          <Dialog.Description className={dialog.text}>
            {nobody ?? t('team.transferText')}
          </Dialog.Description>
          <div className={css.form}>
            <TeammatePicker
              teammates={teammates}
              chosen={chosen}
              onChoose={({ id }) => setChosenId(id)}
            />
            <TextArea
              label={t('team.note')}
              placeholder={t('team.notePlaceholder')}
              maxLength={500}
              rows={2}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </div>
          <div className={dialog.actions}>
            <Button onClick={onClose}>{t('team.cancel')}</Button>
            <Button blocked={blocked} onClick={() => send('consult')}>
              {chosen ? t('team.consult', { name: chosen.name }) : t('team.consultAnyone')}
            </Button>
            <Button look="accent" blocked={blocked} onClick={() => send('blind')}>
              {t('team.transfer')}
            </Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface TeammatePickerProps {
  teammates: readonly Teammate[];
  chosen: Teammate | undefined;
  onChoose: (teammate: Teammate) => void;
}

/** Finds a teammate by name or team. Busy ones are listed with the reason, but cannot be chosen. */
function TeammatePicker({ teammates, chosen, onChoose }: TeammatePickerProps) {
  return (
    <Combobox<Teammate>
      label={t('team.teammate')}
      options={teammates}
      value={chosen}
      onChange={onChoose}
      keyOf={({ id }) => id}
      textOf={({ name, team }) => `${name} ${team ?? ''}`}
      isBlocked={(teammate) => !isFree(teammate)}
      searchPlaceholder={t('team.searchTeammate')}
      noMatch={t('team.noTeammate')}
      shown={chosen?.name ?? t('team.pickTeammate')}
    >
      {({ name, team, presence }) => (
        <>
          <span className={choice.text} dir="auto">
            {name}
          </span>
          <span className={choice.aside}>
            {[team, t(`team.presences.${presence}`)].filter(Boolean).join(' · ')}
          </span>
        </>
      )}
    </Combobox>
  );
}
