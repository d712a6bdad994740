import { t } from '../../../../shared/i18n/i18n.ts';
import type { AccountView } from '../../../../shared/ipc/account.ts';
import type { Forwarding, SettingsChange } from '../../../../shared/providers/number-settings.ts';
import { readForwardTo } from '../../../../shared/providers/zernio/forward-to.ts';
import { Choice } from '../../../ui/choice.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { SaveForm } from '../../../ui/save-form.tsx';
import { Section } from '../section.tsx';
import { useNumberForm } from './use-number.ts';

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

/** Where the provider forwards calls, and its options. */
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
  const form = useNumberForm(account.id, 'forwarding', stored, ['sipPassword']);
  const { value } = form;
  const change = (changes: Partial<Draft>) => form.set({ ...value, ...changes });
  const target = readForwardTo(value.to, account.number);
  const problems = [
    ...(target.kind === 'wrong' ? [t(`numbers.forwardProblems.${target.problem}`)] : []),
    ...(isMinutes(value.maxMinutes) ? [] : [t('numbers.badMinutes')]),
  ];
  return (
    <Section title={t('numbers.forwarding')}>
      <SaveForm
        form={form}
        problems={problems}
        onSave={() => void form.save({ forwarding: changeOf(stored, value, account.number) })}
      >
        <TextField
          label={t('numbers.forwardTo')}
          value={value.to}
          note={t('numbers.forwardToNote')}
          onChange={(event) => change({ to: event.target.value })}
        />
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
        <TextField
          label={t('numbers.maxCall')}
          inputMode="numeric"
          value={value.maxMinutes}
          note={t('numbers.maxCallNote')}
          onChange={(event) => change({ maxMinutes: event.target.value.trim() })}
        />
        <Choice
          label={t('numbers.callerId')}
          value={value.callerId}
          options={(['business', 'caller'] as const).map((one) => ({
            value: one,
            label: t(`numbers.callerIds.${one}`),
          }))}
          onChange={(callerId) => change({ callerId })}
        />
      </SaveForm>
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
