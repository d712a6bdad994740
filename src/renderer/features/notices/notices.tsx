import { formats, t } from '../../../shared/i18n/i18n.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { Notice } from '../../../shared/ipc/notices.ts';
import { classes } from '../../lib/classes.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { prepareDial, show, showContact, showNumber } from '../../state/ui.ts';
import { GuardedButton } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { printedKeys } from '../../ui/kbd.tsx';
import { noticeMessage } from '../../messages/errors.ts';
import css from './notices.module.css';

const icons: Record<Notice['kind'], IconName> = {
  info: 'info',
  warning: 'warning',
  error: 'warning',
};
const SHOWN = 3;

/** Notices from main, each with its next step. In the page before there are any, so that they are spoken. */
export function NoticeList() {
  const notices = useSnapshot(({ notices }) => notices);
  return (
    <div className={css.notices} aria-live="polite">
      {notices.length > 0 && (
        <section aria-label={t('common.notices')}>
          <ul>
            {mostUrgent(notices).map((notice) => (
              <Row key={notice.id} notice={notice} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** Notices about the calls of this moment. */
const URGENT: ReadonlySet<Notice['code']> = new Set([
  'transfer-reverted',
  'callback-due',
  'storage-trouble',
  'folder-read-only',
]);

/** Urgent notices first, then the newest of the others. */
export function mostUrgent(notices: readonly Notice[]): readonly Notice[] {
  const now = notices.filter(({ code }) => URGENT.has(code));
  const others = notices.filter(({ code }) => !URGENT.has(code));
  return [...now, ...others.slice(-Math.max(1, SHOWN - now.length))];
}

function Row({ notice }: { notice: Notice }) {
  const { what, next, list } = noticeMessage(withKeys(notice));
  return (
    <li className={classes(css.notice, css[toneOf(notice)])} title={formats.exactDate(notice.at)}>
      <Icon name={notice.code === 'permission-granted' ? 'check' : icons[notice.kind]} />
      <p className={css.text} role={isAlert(notice) ? 'alert' : undefined}>
        <strong>{what}</strong> {list && `${list.join(' · ')} ·`} {next}
      </p>
      {list && (
        <GuardedButton
          size="small"
          icon="copy"
          onClick={() => void act('app.copy', { text: [what, ...list].join('\n- ') })}
        >
          {t('noticeCentre.copy')}
        </GuardedButton>
      )}
      <Action notice={notice} />
      <GuardedButton
        look="quiet"
        size="small"
        icon="close"
        iconOnly
        onClick={() => void act('notices.dismiss', { id: notice.id })}
      >
        {t('common.dismiss')}
      </GuardedButton>
    </li>
  );
}

/** Whether screen readers announce it at once. */
function isAlert({ kind, code }: Notice): boolean {
  return kind === 'error' || code === 'transfer-reverted';
}

/** Prints shortcuts as on the keyboard instead of in Electron's notation. */
function withKeys(notice: Notice): Notice {
  const { shortcut } = notice.values;
  if (shortcut === undefined) return notice;
  return { ...notice, values: { ...notice.values, shortcut: printedKeys(shortcut).join('+') } };
}

function toneOf(notice: Notice): 'good' | 'soon' | 'bad' | 'info' {
  if (notice.code === 'permission-granted') return 'good';
  if (notice.kind === 'error') return 'bad';
  return notice.kind === 'warning' ? 'soon' : 'info';
}

/** The next step, if a button can take it. */
function Action({ notice }: { notice: Notice }) {
  const { waId, userId, account, number } = notice.values;
  switch (notice.code) {
    case 'callback-due':
    case 'permission-granted':
    case 'permission-declined':
      return (
        <>
          {notice.code !== 'permission-declined' && waId !== undefined && (
            <GuardedButton size="small" icon="phone" onClick={() => prepareDial(waId, account)}>
              {t('common.callNow')}
            </GuardedButton>
          )}
          {(waId ?? userId) !== undefined && (
            <GuardedButton size="small" icon="person" onClick={() => showContact({ waId, userId })}>
              {t('contacts.openContact')}
            </GuardedButton>
          )}
        </>
      );
    case 'number-fact':
      if (notice.values['what'] === 'access-refused') {
        return (
          <GuardedButton size="small" onClick={() => void act('profile.import', {})}>
            {t('welcome.importProfile')}
          </GuardedButton>
        );
      }
      if (number === undefined) return null;
      return (
        <GuardedButton size="small" onClick={() => showNumber(number)}>
          {t('numbers.open')}
        </GuardedButton>
      );
    case 'number-restricted':
    case 'number-warned':
    case 'webhooks-late':
    case 'relay-clock-behind':
      if (number === undefined) return null;
      return (
        <GuardedButton size="small" onClick={() => showNumber(number)}>
          {t('numbers.open')}
        </GuardedButton>
      );
    case 'calls-interrupted':
    case 'storage-set-aside':
    case 'storage-left-out':
    case 'export-failed':
    case 'relay-log-incomplete':
      return (
        <GuardedButton size="small" onClick={() => show('history')}>
          {t('connection.showHistory')}
        </GuardedButton>
      );
    case 'profile-invalid':
    case 'file-trouble':
    case 'shortcut-taken':
    case 'screen-pop-failed':
    case 'microphone-denied':
      return (
        <GuardedButton size="small" onClick={() => show('settings')}>
          {t('connection.openSettings')}
        </GuardedButton>
      );
    case 'still-waits':
      return (
        <GuardedButton size="small" onClick={() => show('todo')}>
          {t('views.todo')}
        </GuardedButton>
      );
    case 'team-message':
      return (
        <GuardedButton size="small" onClick={() => show('team')}>
          {t('team.messages')}
        </GuardedButton>
      );
    case 'softphone-restarted':
    case 'storage-trouble':
    case 'storage-network':
    case 'folder-read-only':
    case 'provider-error':
    case 'transfer-reverted':
    case 'tray-missing':
    case 'rights-changed':
    case 'policy-wrong':
    case 'policy-over-profile':
      return null;
    default:
      return assertNever(notice.code, 'notice');
  }
}
