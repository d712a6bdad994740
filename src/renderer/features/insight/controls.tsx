import { t } from '../../../shared/i18n/i18n.ts';
import type { Span } from '../../../shared/insight/ranges.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { type InsightChoice, useUi } from '../../state/ui.ts';
import { Choice } from '../../ui/choice.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { systemZone } from './use-insight.ts';
import css from './insight-view.module.css';

const ranges = [
  ...(['today', 'week', 'month', 'quarter', 'year'] satisfies Span[]),
  'own',
] as const;

const change = (changes: Partial<InsightChoice>) =>
  useUi.setState(({ insight }) => ({ insight: { ...insight, ...changes } }));

/** Which calls are counted. */
export function Controls({ choice, mayAskTeam }: { choice: InsightChoice; mayAskTeam: boolean }) {
  const { accounts, team } = useSnapshot((snapshot) => snapshot);
  const zone = useSnapshot(({ settings }) => settings.insightZone);
  const teams = [...new Set(team.flatMap((one) => one.team ?? []))].sort();
  const own = systemZone();
  return (
    <search className={css.controls}>
      {mayAskTeam && (
        <Choice
          label={t('insight.whose')}
          value={choice.ofTeam ? 'team' : 'mine'}
          options={[
            { value: 'mine', label: t('insight.mine') },
            { value: 'team', label: t('insight.ofTeam') },
          ]}
          onChange={(value) => change({ ofTeam: value === 'team' })}
        />
      )}
      <Choice
        label={t('insight.range')}
        value={choice.span}
        options={ranges.map((value) => ({
          value,
          label: t(`insight.ranges.${value}`),
        }))}
        onChange={(span) => change({ span })}
      />
      {choice.span === 'own' &&
        (['first', 'last'] as const).map((which) => (
          <DateField
            key={which}
            type="date"
            label={t(`insight.${which}Day`)}
            value={choice.dates[which]}
            onChange={(event) =>
              change({ dates: { ...choice.dates, [which]: event.target.value } })
            }
          />
        ))}
      {accounts.length > 1 && (
        <Choice
          label={t('history.ourNumber')}
          value={choice.accountId ?? ''}
          options={[
            { value: '', label: t('history.allNumbers') },
            ...accounts.map(({ id, label }) => ({ value: id, label })),
          ]}
          onChange={(accountId) => change({ accountId: accountId || undefined })}
        />
      )}
      {teams.length > 0 && (
        <Choice
          label={t('insight.team')}
          value={choice.team ?? ''}
          options={[
            { value: '', label: t('insight.allTeams') },
            ...teams.map((name) => ({ value: name, label: name })),
          ]}
          onChange={(name) => change({ team: name || undefined })}
        />
      )}
      <Choice
        label={t('insight.zone')}
        value={zone}
        options={[
          { value: '', label: t('insight.ownZone', { zone: own }) },
          ...Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value })),
        ]}
        onChange={(insightZone) => void act('settings.set', { settings: { insightZone } })}
      />
    </search>
  );
}
