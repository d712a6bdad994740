import { languages } from '../../../../shared/i18n/languages.ts';
import { t } from '../../../../shared/i18n/i18n.ts';
import type { NumberView } from '../../../../shared/ipc/contacts.ts';
import type { AccountView } from '../../../../shared/ipc/account.ts';
import {
  announcementLanguages,
  recordingPolicySchema,
  type RecordingPolicy,
  recordingProblem,
} from '../../../../shared/recording/policy.ts';
import { useOff } from '../../../state/organisation.ts';
import { Choice } from '../../../ui/choice.tsx';
import { TextField } from '../../../ui/field.tsx';
import { SaveForm } from '../../../ui/save-form.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { Section } from '../section.tsx';
import { type MetaDraft, metaDraftOf, MetaFields, metaUseOf } from './recording-meta.tsx';
import { useNumberForm } from './use-number.ts';

interface RecordingProps {
  account: AccountView;
  view: NumberView;
}

interface Draft extends MetaDraft {
  on: boolean;
  by: 'provider' | 'console';
  consent: RecordingPolicy['consent'];
  announcement: RecordingPolicy['language'];
  pauseFor: string;
  keepDays: string;
}

/** Who records this number's calls, and how the customer is told, or why nobody here can. */
export function RecordingSection({ account, view }: RecordingProps) {
  const { path } = account;
  const providerRecords = account.provider === 'meta';
  const problemOf = (by: Draft['by']) =>
    recordingProblem({ by, where: 'console' }, { path, providerRecords, askedBy: 'console' });
  const can = (['provider', 'console'] as const).filter((by) => problemOf(by) === undefined);
  const [first] = can;
  if (view.isRecordingByRelay) return <ByRelay by={view.recordingPolicy.by} />;
  if (first !== undefined) {
    return <RecordingForm account={account} view={view} can={can} first={first} />;
  }
  // Of a forwarded number the section about forwarding says it.
  if (path === 'external') return null;
  const problem = problemOf('console');
  return (
    <Section title={t('numbers.recordings')}>
      <p>{problem && t(`recorder.problems.${problem}`)}</p>
    </Section>
  );
}

function ByRelay({ by }: { by: RecordingPolicy['by'] }) {
  return (
    <Section title={t('numbers.recordings')}>
      <p>{t('recorder.settings.byRelay', { who: t(`recorder.settings.recorders.${by}`) })}</p>
    </Section>
  );
}

interface FormProps extends RecordingProps {
  can: readonly Draft['by'][];
  first: Draft['by'];
}

function RecordingForm({ account, view, can, first }: FormProps) {
  const { recordingPolicy: policy, recording } = view;
  const { by } = policy;
  const form = useNumberForm<Draft>(account.id, 'recording', {
    on: by !== 'off',
    by: by === 'provider' || by === 'console' ? by : first,
    consent: policy.consent,
    announcement: policy.language,
    pauseFor: String(policy.pauseForSeconds),
    keepDays: String(policy.keepDays),
    ...metaDraftOf(recording === 'off' ? undefined : recording),
  });
  const { value } = form;
  const change = (changes: Partial<Draft>) => form.set({ ...value, ...changes });
  const off = useOff('recording');
  const locked = view.mayDecideRecording ? off : t('recorder.problems.not-admin');
  const isOpen = value.on && view.mayDecideRecording;
  return (
    <Section title={t('numbers.recordings')}>
      <SaveForm
        form={form}
        problems={problemsOf(value)}
        onSave={() => {
          const next = policyOf(value);
          if (!next) return;
          const use = value.on && value.by === 'provider' ? metaUseOf(value) : 'off';
          const isMeta = account.provider === 'meta';
          void form.note({ recordingPolicy: next, ...(isMeta && { recording: use }) });
        }}
      >
        <Toggle
          label={t('numbers.recording')}
          note={t('recorder.settings.byNote')}
          checked={value.on}
          locked={locked}
          onChange={(on) => change({ on })}
        />
        {isOpen && can.length > 1 && (
          <Choice
            label={t('recorder.settings.by')}
            value={value.by}
            options={can.map((one) => ({
              value: one,
              label: t(`recorder.settings.recorders.${one}`),
            }))}
            onChange={(next) => change({ by: next })}
          />
        )}
        {isOpen && value.by === 'provider' && <MetaFields value={value} onChange={change} />}
        {isOpen && value.by === 'console' && (
          <ConsoleFields
            value={value}
            onChange={change}
            hasOwnAnnouncement={view.hasOwnAnnouncement}
          />
        )}
      </SaveForm>
    </Section>
  );
}

interface FieldsProps {
  value: Draft;
  onChange: (changes: Partial<Draft>) => void;
  /** What customers hear is the relay's choice. */
  hasOwnAnnouncement?: boolean | undefined;
}

function ConsoleFields({ value, onChange, hasOwnAnnouncement }: FieldsProps) {
  return (
    <>
      <Choice
        label={t('recorder.settings.consent')}
        value={value.consent}
        options={(['announcement', 'agent'] as const).map((one) => ({
          value: one,
          label: t(`recorder.settings.consents.${one}`),
        }))}
        onChange={(consent) => onChange({ consent })}
      />
      {value.consent === 'announcement' && (
        <Choice
          label={t('recorder.settings.language')}
          value={value.announcement}
          options={announcementLanguages.map((one) => ({ value: one, label: languages[one] }))}
          onChange={(announcement) => onChange({ announcement })}
        />
      )}
      {value.consent === 'announcement' && hasOwnAnnouncement && (
        <p>{t('recorder.settings.ownAnnouncement')}</p>
      )}
      <TextField
        label={t('recorder.settings.pauseFor')}
        inputMode="numeric"
        value={value.pauseFor}
        onChange={(event) => onChange({ pauseFor: event.target.value.trim() })}
      />
      <TextField
        label={t('recorder.settings.keepDays')}
        inputMode="numeric"
        value={value.keepDays}
        onChange={(event) => onChange({ keepDays: event.target.value.trim() })}
      />
    </>
  );
}

/** What is stored; undefined while something entered makes no sense. */
function policyOf(value: Draft): RecordingPolicy | undefined {
  return recordingPolicySchema.safeParse({
    by: value.on ? value.by : 'off',
    consent: value.consent,
    language: value.announcement,
    pauseForSeconds: Number(value.pauseFor),
    keepDays: Number(value.keepDays),
  }).data;
}

function problemsOf(value: Draft): string[] {
  if (!value.on) return [];
  if (value.by === 'provider') {
    return value.purpose.trim() === '' ? [t('numbers.purposeMissing')] : [];
  }
  const { pauseForSeconds, keepDays } = recordingPolicySchema.shape;
  return [
    ...(pauseForSeconds.safeParse(Number(value.pauseFor)).success
      ? []
      : [t('recorder.settings.badSeconds')]),
    ...(keepDays.safeParse(Number(value.keepDays)).success ? [] : [t('recorder.settings.badDays')]),
  ];
}
