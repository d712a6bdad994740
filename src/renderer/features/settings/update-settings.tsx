import { useQuery, useQueryClient } from '@tanstack/react-query';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import { updateChannels, type UpdateState } from '../../../shared/ipc/updates.ts';
import { act, fetchFromMain } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { LockedValue } from '../../ui/locked-value.tsx';
import { Toggle } from '../../ui/toggle.tsx';
import { Section } from './section.tsx';
import css from './workspace.module.css';

/** The version, its updates, and whether it starts with the computer. */
export function UpdateSettings() {
  const app = useSnapshot((snapshot) => snapshot.app);
  const organisation = useSnapshot((snapshot) => snapshot.organisation);
  const { channel, isChannelLocked, now } = useSnapshot(({ updates }) => updates);
  return (
    <Section title={t('updates.title')}>
      <p className="selectable">
        {t('settings.version', { ours: app.version })}
        <span className={css.quiet}>{t('settings.electronVersion', { theirs: app.electron })}</span>
      </p>
      {organisation && (
        <p className="selectable">{t('policy.sources', { sources: organisation.sources })}</p>
      )}
      <output>{stateText(now)}</output>
      {now.state === 'ready' && <Ready ready={now} />}
      {now.state !== 'none' && (
        <>
          {isChannelLocked ? (
            <LockedValue
              label={t('updates.channel')}
              value={t(`updates.channels.${channel}`)}
              why={t('policy.locked')}
            />
          ) : (
            <Choice
              label={t('updates.channel')}
              value={channel}
              options={updateChannels.map((value) => ({
                value,
                label: t(`updates.channels.${value}`),
              }))}
              onChange={(chosen) => void act('updates.set-channel', { channel: chosen })}
            />
          )}
          <div>
            <Button
              blocked={now.state === 'checking' ? t('updates.checking') : undefined}
              onClick={() => void act('updates.look', {})}
            >
              {t('updates.look')}
            </Button>
          </div>
        </>
      )}
      <Autostart />
    </Section>
  );
}

function Ready({ ready }: { ready: Extract<UpdateState, { state: 'ready' }> }) {
  const { plan, notes, isBusy, isForced, forceAt } = ready;
  const choose = (chosen: 'now' | 'later' | 'shift-end') => () =>
    void act('updates.plan', { plan: chosen });
  return (
    <>
      <p className={css.quiet}>{isForced ? t('updates.forced') : t(`updates.plans.${plan}`)}</p>
      {isBusy && <p className={css.quiet}>{t('updates.busy')}</p>}
      {!isForced && forceAt !== undefined && (
        <p className={css.quiet}>{t('updates.forceAt', { time: forceAt })}</p>
      )}
      {notes !== '' && (
        <details>
          <summary>{t('updates.whatIsNew')}</summary>
          <p className={css.notes}>{notes}</p>
        </details>
      )}
      {!isForced && (
        <div className={css.actions}>
          <Button look="accent" onClick={choose('now')}>
            {t('updates.now')}
          </Button>
          <Button onClick={choose('shift-end')}>{t('updates.shiftEnd')}</Button>
          <Button onClick={choose('later')}>{t('updates.later')}</Button>
        </div>
      )}
    </>
  );
}

function stateText(now: UpdateState): string {
  switch (now.state) {
    case 'none':
      return t(`updates.none.${now.why}`);
    case 'current':
      return now.checkedAt === undefined
        ? t('updates.notChecked')
        : t('updates.currentSince', { time: formats.time(now.checkedAt) });
    case 'checking':
      return t('updates.checking');
    case 'downloading': {
      const { version, percent } = now;
      return t('updates.downloading', { version, percent: formats.percent(percent / 100) });
    }
    case 'ready':
      return t('updates.ready', { version: now.version });
    case 'installing':
      return t('updates.installing', { version: now.version });
    case 'failed':
      return t(`updates.failed.${now.why}`);
    default:
      return assertNever(now, 'update');
  }
}

const KEY = ['autostart'];

/** As the system says now: people change it in its settings, too. */
function Autostart() {
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: () => fetchFromMain('autostart.get', {}),
    refetchOnWindowFocus: true,
  });
  const set = async (on: boolean) => {
    const now = await act('autostart.set', { on });
    if (now) queries.setQueryData(KEY, now);
  };
  if (!data) return null;
  const { state } = data;
  if (state === 'unknown-program') {
    return <p className={css.quiet}>{t('autostart.states.unknown-program')}</p>;
  }
  return (
    <Toggle
      label={t('autostart.label')}
      note={state === 'forbidden' ? t('autostart.states.forbidden') : t('autostart.note')}
      checked={state === 'on'}
      onChange={(on) => void set(on)}
    />
  );
}
