import { formats, t } from '../../../shared/i18n/i18n.ts';
import { relayAnswer } from '../../../shared/i18n/relay-answer.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { Connection } from '../../../shared/protocol/connection.ts';
import { useNow } from '../../lib/use-now.ts';
import type { RingerProblem } from '../../../shared/protocol/ringer.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { showCheck } from '../../state/ui.ts';
import { Button, GuardedButton } from '../../ui/button.tsx';
import { Float } from '../../ui/float.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProxySignIn } from './proxy-sign-in.tsx';
import css from './reach-bar.module.css';
import { useReach } from './use-reach.ts';
import { lossText } from '../../messages/connection.ts';

/** Shown above everything while calls cannot come in: since when, why, and what to do. */
export function ReachBar() {
  const reach = useReach();
  const connection = useSnapshot(({ connection }) => connection);
  const proxyAsks = useSnapshot(({ proxyAsks }) => proxyAsks);
  const portal = useSnapshot(({ portal }) => portal) === true;
  if (reach.kind === 'fine' && !proxyAsks) return null;
  return (
    <section className={css.bar} aria-label={t('reach.notReachable')}>
      <Icon name="warning" size={18} />
      {reach.kind === 'fine' && proxyAsks && (
        <p className={css.text} role="alert">
          {lossText({ code: 'proxy-password', about: proxyAsks.proxy })}
        </p>
      )}
      {reach.kind === 'no-sign-in' && (
        <>
          <p className={css.text} role="alert">
            <strong>{t('reach.noSignIn')}</strong> {t('reach.noSignInNext')}
          </p>
          <ImportProfile />
        </>
      )}
      {reach.kind === 'away' && (
        <>
          <p className={css.text}>
            <strong role="alert">
              {t('reach.cannotReach', { time: formats.time(reach.since) })}
            </strong>{' '}
            {reach.why !== 'connection' && t(`reach.causes.${reach.why}`)}
            {reach.why === 'connection' &&
              (portal ? t('reach.portal') : <Next connection={connection} />)}
          </p>
          {portal && (
            <GuardedButton size="small" look="accent" onClick={() => void act('portal.open', {})}>
              {t('reach.openPortal')}
            </GuardedButton>
          )}
          {reach.why === 'connection' ? (
            <Actions connection={connection} />
          ) : (
            <RingerActions why={reach.why} />
          )}
        </>
      )}
      {proxyAsks && <ProxySignIn asks={proxyAsks} />}
    </section>
  );
}

/** What happens next, or what the agent has to do. */
function Next({ connection }: { connection: Connection }) {
  const now = useNow(500);
  switch (connection.state) {
    case 'connecting':
      return <>{t('reach.retrying')}</>;
    case 'reconnecting': {
      const seconds = Math.ceil((connection.retryAt - now) / 1000);
      return (
        <span className="num">
          {seconds > 0 ? t('reach.retryIn', { seconds }) : t('reach.retrying')}
        </span>
      );
    }
    case 'offline':
      return <>{t('reach.offline')}</>;
    case 'refused':
      return <>{refusedText(connection.code)}</>;
    case 'connected':
    case 'unconfigured':
      return null;
    default:
      return assertNever(connection, 'connection');
  }
}

function refusedText(code: string): string {
  switch (code) {
    case 'replaced':
      return `${t('reach.elsewhere')} ${t('reach.elsewhereNext')}`;
    case 'version':
      return `${t('reach.oldVersion')} ${t('reach.oldVersionNext')}`;
    default:
      return `${t('reach.rejected')} ${t('reach.rejectedNext')}`;
  }
}

function Actions({ connection }: { connection: Connection }) {
  const tryNow = (words: string) => (
    <GuardedButton size="small" onClick={() => void act('relay.try-now', {})}>
      {words}
    </GuardedButton>
  );
  switch (connection.state) {
    case 'reconnecting':
      return (
        <>
          {tryNow(t('reach.tryNow'))}
          <Why text={lossText(connection.why)} />
        </>
      );
    case 'refused':
      return (
        <>
          {connection.code === 'replaced' || connection.code === 'version' ? null : (
            <ImportProfile />
          )}
          {tryNow(connection.code === 'replaced' ? t('reach.takeOver') : t('reach.tryNow'))}
          <Why text={t('reach.relaySays', { message: relayAnswer(connection) })} />
        </>
      );
    case 'connecting':
    case 'offline':
    case 'connected':
    case 'unconfigured':
      return null;
    default:
      return assertNever(connection, 'connection');
  }
}

/** The relay is there, but this console cannot ring. */
function RingerActions({ why }: { why: RingerProblem }) {
  return (
    <>
      <GuardedButton size="small" onClick={() => void act('ready.check', {})}>
        {t('reach.tryNow')}
      </GuardedButton>
      <GuardedButton
        size="small"
        onClick={() => showCheck(why === 'microphone' ? 'microphone' : 'ring')}
      >
        {t('reach.why')}
      </GuardedButton>
    </>
  );
}

function ImportProfile() {
  return (
    <GuardedButton size="small" onClick={() => void act('profile.import', {})}>
      {t('reach.importProfile')}
    </GuardedButton>
  );
}

function Why({ text }: { text: string }) {
  return (
    <Float title={t('reach.why')} trigger={<Button size="small">{t('reach.why')}</Button>}>
      <p className="selectable">{text}</p>
      <GuardedButton size="small" onClick={() => showCheck('relay')}>
        {t('checks.title')}
      </GuardedButton>
    </Float>
  );
}
