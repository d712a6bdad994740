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
import { Icon } from '../../ui/icon.tsx';
import { isFree, type TeamTarget } from './teammates.ts';
import css from './transfer.module.css';

/** To a teammate, or to whoever in a team accepts first. */
export type TransferChoice =
  | { to: string; mode: 'blind' | 'consult'; note: string }
  | { team: string; note: string };

type Target = { kind: 'teammate'; teammate: Teammate } | { kind: 'team'; team: TeamTarget };

interface TransferDialogProps {
  callId: string;
  /** Candidates as of now. */
  teammates: readonly Teammate[];
  teams: readonly TeamTarget[];
  onTransfer: (offer: TransferChoice) => void;
  onClose: () => void;
}

/** Chooses the teammate or team, the note and whether to talk to them first. */
export function TransferDialog(props: TransferDialogProps) {
  const { callId, teammates, teams, onTransfer, onClose } = props;
  const [chosenKey, setChosenKey] = useState<string>();
  const [note, setNote] = useKeptText([`transfer-note/${callId}`]);
  // Looked up again on every render: the teammate may have become busy meanwhile.
  const targets: Target[] = [
    ...teams.map((team) => ({ kind: 'team' as const, team })),
    ...teammates.map((teammate) => ({ kind: 'teammate' as const, teammate })),
  ];
  const chosen = targets.find((target) => keyOf(target) === chosenKey);
  const nobody = targets.some(isReachable) ? undefined : t('team.noneFree');
  const blocked = nobody ?? (chosen ? undefined : t('team.pickFirst'));
  const send = (mode: 'blind' | 'consult') => {
    if (!chosen) return;
    const written = note.trim();
    onTransfer(
      chosen.kind === 'team'
        ? { team: chosen.team.name, note: written }
        : { to: chosen.teammate.id, mode, note: written },
    );
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
            {nobody ??
              (chosen?.kind === 'team' ? t('team.transferTeamText') : t('team.transferText'))}
          </Dialog.Description>
          <div className={css.form}>
            <TargetPicker
              targets={targets}
              chosen={chosen}
              onChoose={(target) => setChosenKey(keyOf(target))}
            />
            <p className={css.hint}>{t('team.noOutside')}</p>
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
            <Button
              blocked={blocked ?? (chosen?.kind === 'team' ? t('team.noTeamConsult') : undefined)}
              onClick={() => send('consult')}
            >
              {chosen?.kind === 'teammate'
                ? t('team.consult', { name: chosen.teammate.name })
                : t('team.consultAnyone')}
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

interface TargetPickerProps {
  targets: readonly Target[];
  chosen: Target | undefined;
  onChoose: (target: Target) => void;
}

/** Finds a teammate or team by name. Who cannot be reached is listed with the reason, but cannot be chosen. */
function TargetPicker({ targets, chosen, onChoose }: TargetPickerProps) {
  return (
    <Combobox<Target>
      label={t('team.target')}
      options={targets}
      value={chosen}
      onChange={onChoose}
      keyOf={keyOf}
      textOf={(target) =>
        target.kind === 'team'
          ? target.team.name
          : `${target.teammate.name} ${target.teammate.team ?? ''}`
      }
      isBlocked={(target) => !isReachable(target)}
      searchPlaceholder={t('team.searchTarget')}
      noMatch={t('team.noTarget')}
      shown={chosen ? nameOf(chosen) : t('team.pickTarget')}
    >
      {(target) => (
        <>
          {target.kind === 'team' && <Icon name="people" size={16} />}
          <span className={choice.text} dir="auto">
            {nameOf(target)}
          </span>
          <span className={choice.aside}>{stateOf(target)}</span>
        </>
      )}
    </Combobox>
  );
}

const keyOf = (target: Target): string =>
  target.kind === 'team' ? `team/${target.team.name}` : `agent/${target.teammate.id}`;

const nameOf = (target: Target): string =>
  target.kind === 'team' ? target.team.name : target.teammate.name;

const isReachable = (target: Target): boolean =>
  target.kind === 'team' ? target.team.reachable > 0 : isFree(target.teammate);

function stateOf(target: Target): string {
  if (target.kind === 'team') {
    const { members, reachable } = target.team;
    return t('team.reachable', { reachable, count: members });
  }
  const { team, presence } = target.teammate;
  return [team, t(`team.presences.${presence}`)].filter(Boolean).join(' · ');
}
