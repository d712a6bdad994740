import { useQuery } from '@tanstack/react-query';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import { relayAnswer } from '../../../shared/i18n/relay-answer.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { Connection } from '../../../shared/protocol/connection.ts';
import { clockTime, lengthInWords, momentSince } from '../../lib/format.ts';
import { classes } from '../../lib/classes.ts';
import { useNow } from '../../lib/use-now.ts';
import { fetchFromMain } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { show } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Float } from '../../ui/float.tsx';
import { lossText } from '../../messages/connection.ts';
import css from './connection-pill.module.css';

/** Whether calls can come in now; when opened, the details. */
export function ConnectionPill() {
  const connection = useSnapshot(({ connection }) => connection);
  const missed = useSnapshot(({ missedWhileAway }) => missedWhileAway.length);
  return (
    <>
      <Float
        title={t('connection.connection')}
        trigger={
          <button
            type="button"
            className={classes(css.pill, css[toneOf(connection)])}
            aria-label={`${t('connection.connection')}: ${t(`connection.states.${connection.state}`)}`}
          >
            <span className={css.dot} aria-hidden="true" />
            <span className="num">
              {connection.state === 'reconnecting' ? (
                <Retry at={connection.retryAt} />
              ) : (
                t(`connection.states.${connection.state}`)
              )}
            </span>
          </button>
        }
      >
        <Details connection={connection} />
        {missed > 0 && (
          <div className={css.missed}>
            <p>{t('connection.whileAway', { calls: t('common.calls', { count: missed }) })}</p>
            <Button size="small" onClick={() => show('history')}>
              {t('connection.showHistory')}
            </Button>
          </div>
        )}
      </Float>
      <output className="visually-hidden">
        {t('connection.connection')}: {t(`connection.states.${connection.state}`)}
      </output>
    </>
  );
}

function toneOf({ state }: Connection): 'good' | 'soon' | 'bad' | 'none' {
  switch (state) {
    case 'connected':
      return 'good';
    case 'connecting':
    case 'reconnecting':
      return 'soon';
    case 'offline':
    case 'refused':
      return 'bad';
    case 'unconfigured':
      return 'none';
    default:
      return assertNever(state, 'connection state');
  }
}

/** Counts down to the next attempt. */
function Retry({ at }: { at: number }) {
  const now = useNow(1000);
  const seconds = Math.ceil((at - now) / 1000);
  return seconds > 0
    ? t('connection.reconnectingIn', { seconds })
    : t('connection.reconnectingNow');
}

/** The relay's last sign of life, of which main tells only when it is asked. */
function LastProof({ known, now }: { known: number; now: number }) {
  const { data } = useQuery({
    queryKey: ['connection'],
    queryFn: () => fetchFromMain('relay.connection', {}),
    refetchInterval: 1000,
    gcTime: 0,
  });
  const at = data?.state === 'connected' ? Math.max(known, data.provenAt) : known;
  return (
    <dd title={formats.exactDate(at)}>
      {t('connection.ago', { length: lengthInWords((now - at) / 1000) })}
    </dd>
  );
}

/** Counts only while it is open. */
function Details({ connection }: { connection: Connection }) {
  const now = useNow(1000);
  switch (connection.state) {
    case 'connected':
      return (
        <dl className={css.details}>
          <dt>{t('connection.connectedSince')}</dt>
          <dd title={formats.exactDate(connection.since)}>{momentSince(connection.since, now)}</dd>
          <dt>{t('connection.lastProof')}</dt>
          <LastProof known={connection.provenAt} now={now} />
        </dl>
      );
    case 'reconnecting':
      return (
        <>
          <p>{t('connection.cannotRing')}</p>
          <dl className={css.details}>
            <dt>{t('connection.lostFor')}</dt>
            <dd className="num">{clockTime((now - connection.lostAt) / 1000)}</dd>
            <dt>{t('connection.tries')}</dt>
            <dd className="num">{formats.number(connection.attempt)}</dd>
            <dt>{t('connection.why')}</dt>
            <dd>{lossText(connection.why)}</dd>
          </dl>
        </>
      );
    case 'connecting':
      return <p>{t('connection.connectingToRelay')}</p>;
    case 'offline':
      return <p>{t('connection.offlineSince', { when: momentSince(connection.since, now) })}</p>;
    case 'refused':
      return (
        <>
          <p>{t('connection.relayRefused')}</p>
          <p className="selectable">
            {relayAnswer(connection)} ({connection.code})
          </p>
        </>
      );
    case 'unconfigured':
      return <p>{t('connection.noRelay')}</p>;
    default:
      return assertNever(connection, 'connection');
  }
}
