import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { Connection } from '../../../shared/protocol/connection.ts';
import { clockTime, exactTime, lengthInWords, moment } from '../../lib/format.ts';
import { classes } from '../../lib/classes.ts';
import { useNow } from '../../lib/use-now.ts';
import { useSnapshot } from '../../state/desk.ts';
import { show } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Float } from '../../ui/float.tsx';
import { connectionStates, lossIn, plural, words } from '../../words.ts';
import css from './connection-pill.module.css';

/** Always visible: whether a call could come in now. Opened: how we know. */
export function ConnectionPill() {
  const connection = useSnapshot(({ connection }) => connection);
  const missed = useSnapshot(({ missedWhileAway }) => missedWhileAway.length);
  const now = useNow(1000);
  const short = shortWords(connection, now);
  return (
    <>
      <Float
        title={words.connection}
        trigger={
          <button
            type="button"
            className={classes(css.pill, css[toneOf(connection)])}
            aria-label={`${words.connection}: ${connectionStates[connection.state]}`}
          >
            <span className={css.dot} aria-hidden="true" />
            <span className="num">{short}</span>
          </button>
        }
      >
        <Details connection={connection} now={now} />
        {missed > 0 && (
          <div className={css.missed}>
            <p>{words.whileAway(plural(missed, 'call', 'calls'))}</p>
            <Button size="small" onClick={() => show('history')}>
              {words.showHistory}
            </Button>
          </div>
        )}
      </Float>
      <output className="visually-hidden">
        {words.connection}: {connectionStates[connection.state]}
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

function shortWords(connection: Connection, now: number): string {
  if (connection.state !== 'reconnecting') return connectionStates[connection.state];
  const seconds = Math.ceil((connection.retryAt - now) / 1000);
  return seconds > 0 ? words.reconnectingIn(seconds) : words.reconnectingNow;
}

function Details({ connection, now }: { connection: Connection; now: number }) {
  switch (connection.state) {
    case 'connected':
      return (
        <dl className={css.details}>
          <dt>{words.connectedSince}</dt>
          <dd title={exactTime(connection.since)}>{moment(connection.since, now)}</dd>
          <dt>{words.lastProof}</dt>
          <dd title={exactTime(connection.provenAt)}>
            {words.ago(lengthInWords((now - connection.provenAt) / 1000))}
          </dd>
        </dl>
      );
    case 'reconnecting':
      return (
        <>
          <p>{words.cannotRing}</p>
          <dl className={css.details}>
            <dt>{words.lostFor}</dt>
            <dd className="num">{clockTime((now - connection.lostAt) / 1000)}</dd>
            <dt>{words.tries}</dt>
            <dd className="num">{connection.attempt}</dd>
            <dt>{words.why}</dt>
            <dd>{lossIn(connection.why)}</dd>
          </dl>
        </>
      );
    case 'connecting':
      return <p>{words.connectingToRelay}</p>;
    case 'offline':
      return <p>{words.offlineSince(moment(connection.since, now))}</p>;
    case 'refused':
      return (
        <>
          <p>{words.relayRefused}</p>
          <p className="selectable">
            {connection.message} ({connection.code})
          </p>
        </>
      );
    case 'unconfigured':
      return <p>{words.noRelay}</p>;
    default:
      return assertNever(connection, 'connection');
  }
}
