import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { SupervisableCall } from '../../../shared/ipc/model.ts';
import type { Teammate } from '../../../shared/protocol/frames.ts';
import { supervises } from '../../../shared/protocol/rights.ts';
import { classes } from '../../lib/classes.ts';
import { clockTime, lengthInWords } from '../../lib/format.ts';
import { partyName } from '../../lib/party.ts';
import { useNow } from '../../lib/use-now.ts';
import { act } from '../../state/requests.ts';
import { engagedCall, useSnapshot } from '../../state/snapshot-store.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import css from './team-view.module.css';

/** The team and everyone's presence; for supervisors, their calls as well. */
export function TeamScreen() {
  const { team, supervisable, agent } = useSnapshot((snapshot) => snapshot);
  const busy = useSnapshot(({ calls }) => engagedCall(calls) !== undefined);
  const now = useNow(1000);
  const supervisor = supervises(team.find(({ id }) => id === agent?.id)?.role);
  return (
    <Page title={t('views.team')} intro={t('team.intro')}>
      {team.length === 0 && (
        <Empty icon="people" title={t('team.emptyTitle')} text={t('team.empty')} />
      )}
      <ul aria-label={t('team.team')}>
        {team.map((one) => (
          <Member key={one.id} teammate={one} self={one.id === agent?.id} now={now} />
        ))}
      </ul>
      {supervisor && (
        <section>
          <h2 className={css.heading}>{t('team.callsTitle')}</h2>
          {supervisable.length === 0 && <p className={css.quiet}>{t('team.noCalls')}</p>}
          <ul aria-label={t('team.callsTitle')}>
            {supervisable.map((call) => (
              <Supervised key={call.callId} call={call} now={now} busy={busy} />
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}

function Member({ teammate, self, now }: { teammate: Teammate; self: boolean; now: number }) {
  const { name, team, presence, since, takesTransfers } = teammate;
  const facts = [self && t('team.you'), team, !takesTransfers && t('team.noTransfers')];
  return (
    <li className={css.row} aria-label={name}>
      <Avatar party={{ name }} />
      <div className={css.person}>
        <p className={css.name} dir="auto">
          {name}
        </p>
        <p className={css.quiet}>{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <span className={classes(css.state, css[presence])} title={formats.exactDate(since)}>
        <span className={css.dot} aria-hidden="true" />
        {t(`team.presences.${presence}`)}
        <span className={css.quiet}>
          {t('team.forLong', { length: lengthInWords((now - since) / 1000) })}
        </span>
      </span>
    </li>
  );
}

interface SupervisedProps {
  call: SupervisableCall;
  now: number;
  busy: boolean;
}

function Supervised({ call, now, busy }: SupervisedProps) {
  const { callId, mode, startedAt } = call;
  const set = (next: 'listen' | 'whisper' | 'barge' | 'off') =>
    void act('calls.supervise', { callId, mode: next });
  const blocked = busy ? t('dialpad.blockBusy') : undefined;
  return (
    <li
      className={css.row}
      aria-label={t('team.talksWith', { agent: call.agent, party: partyName(call.party) })}
    >
      <div className={css.person}>
        <p className={css.name}>
          {t('team.talksWith', { agent: call.agent, party: partyName(call.party) })}
        </p>
        <p className={css.quiet}>
          {call.account}
          {startedAt !== undefined && (
            <span className="num"> · {clockTime((now - startedAt) / 1000)}</span>
          )}
          {mode !== 'off' && ` · ${t(`team.modes.${mode}`)}`}
        </p>
      </div>
      <Button pressed={mode === 'listen'} blocked={blocked} onClick={() => set('listen')}>
        {t('team.listen')}
      </Button>
      <Button pressed={mode === 'whisper'} blocked={blocked} onClick={() => set('whisper')}>
        {t('team.whisper')}
      </Button>
      <Button pressed={mode === 'barge'} blocked={blocked} onClick={() => set('barge')}>
        {t('team.barge')}
      </Button>
      <Button blocked={blocked} onClick={() => void act('calls.take-over', { callId })}>
        {t('team.takeOver')}
      </Button>
      {mode !== 'off' && (
        <Button onClick={() => set('off')}>
          {mode === 'barge' ? t('team.leaveCall') : t('team.stop')}
        </Button>
      )}
    </li>
  );
}
