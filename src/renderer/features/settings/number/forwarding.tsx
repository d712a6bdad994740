import { t } from '../../../../shared/i18n/i18n.ts';
import type { AccountView } from '../../../../shared/ipc/model.ts';
import type { Forwarding, SettingsChange } from '../../../../shared/providers/number-settings.ts';
import { readForwardTo } from '../../../../shared/providers/zernio/forward-to.ts';
import { Choice } from '../../../ui/choice.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { Section } from '../section.tsx';
import { SaveBar } from './save-bar.tsx';
import { useDraft, useSave } from './use-number.ts';
import css from './number.module.css';

interface ForwardingProps {
  account: AccountView;
  forwarding: Forwarding;
}

interface Draft {
  to: string;
  recording: boolean;
  sipUsername: string;
  sipPassword: string;
  /** Minutes as typed. */
  maxMinutes: string;
  callerId: 'business' | 'caller';
}

/** Where the provider connects calls to, and what it does with them on the way. */
export function ForwardingSection({ account, forwarding }: ForwardingProps) {
  const stored: Draft = {
    to: forwarding.to ?? '',
    recording: forwarding.recording,
    sipUsername: forwarding.sipUsername ?? '',
    sipPassword: '',
    maxMinutes:
      forwarding.maxCallSeconds === undefined
        ? ''
        : String(Math.round(forwarding.maxCallSeconds / 60)),
    callerId: forwarding.callerId ?? 'business',
  };
  const draft = useDraft(`${account.id}/forwarding`, stored, ['sipPassword']);
  const { value } = draft;
  const change = (changes: Partial<Draft>) => draft.set({ ...value, ...changes });
  const { save, saving, refused } = useSave(account.id, draft.undo);
  const target = readForwardTo(value.to, account.number);
  const problems = [
    ...(target.kind === 'wrong' ? [t(`numbers.forwardProblems.${target.problem}`)] : []),
    ...(isMinutes(value.maxMinutes) ? [] : [t('numbers.badMinutes')]),
  ];
  return (
    <Section title={t('numbers.forwarding')}>
      <div>
        <TextField
          label={t('numbers.forwardTo')}
          value={value.to}
          aria-describedby="forward-note"
          onChange={(event) => change({ to: event.target.value })}
        />
        <p id="forward-note" className={css.quiet}>
          {t('numbers.forwardToNote')}
        </p>
      </div>
      {target.kind === 'sip' && (
        <>
          <TextField
            label={t('numbers.sipUsername')}
            value={value.sipUsername}
            onChange={(event) => change({ sipUsername: event.target.value })}
          />
          <TextField
            label={t('numbers.sipPassword')}
            type="password"
            placeholder={forwarding.sipPasswordSet ? t('numbers.sipPasswordSet') : ''}
            value={value.sipPassword}
            onChange={(event) => change({ sipPassword: event.target.value })}
          />
        </>
      )}
      <Toggle
        label={t('numbers.recording')}
        note={t('numbers.recordingNote')}
        checked={value.recording}
        onChange={(recording) => change({ recording })}
      />
      <div>
        <TextField
          label={t('numbers.maxCall')}
          inputMode="numeric"
          value={value.maxMinutes}
          aria-describedby="max-call-note"
          onChange={(event) => change({ maxMinutes: event.target.value.trim() })}
        />
        <p id="max-call-note" className={css.quiet}>
          {t('numbers.maxCallNote')}
        </p>
      </div>
      <Choice
        label={t('numbers.callerId')}
        value={value.callerId}
        options={(['business', 'caller'] as const).map((one) => ({
          value: one,
          label: t(`numbers.callerIds.${one}`),
        }))}
        onChange={(callerId) => change({ callerId })}
      />
      <SaveBar
        changed={draft.changed}
        overtaken={draft.overtaken}
        saving={saving}
        refused={refused}
        problems={problems}
        onSave={() => void save({ forwarding: changeOf(stored, value, account.number) })}
        onUndo={draft.undo}
      />
    </Section>
  );
}

function changeOf(
  stored: Draft,
  value: Draft,
  ownNumber: string,
): NonNullable<SettingsChange['forwarding']> {
  const target = readForwardTo(value.to, ownNumber);
  return {
    ...(value.to !== stored.to && target.kind !== 'wrong' && { to: target.uri }),
    ...(value.recording !== stored.recording && { recording: value.recording }),
    ...(value.sipUsername !== stored.sipUsername && { sipUsername: value.sipUsername }),
    ...(value.sipPassword !== '' && { sipPassword: value.sipPassword }),
    ...(value.maxMinutes !== stored.maxMinutes && {
      maxCallSeconds: value.maxMinutes === '' ? null : Number(value.maxMinutes) * 60,
    }),
    ...(value.callerId !== stored.callerId && { callerId: value.callerId }),
  };
}

function isMinutes(text: string): boolean {
  return text === '' || (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 1440);
}
