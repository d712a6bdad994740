import { formats, t } from '../../../shared/i18n/i18n.ts';
import { useUi, wordsOf } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Float } from '../../ui/float.tsx';
import css from './notice-centre.module.css';

/** Recent messages, newest first, for agents who missed them. */
export function NoticeCentre() {
  return (
    <Float
      title={t('noticeCentre.centre')}
      trigger={
        <Button look="quiet" size="small" icon="info" iconOnly>
          {t('noticeCentre.centre')}
        </Button>
      }
    >
      <RecentMessages />
    </Float>
  );
}

function RecentMessages() {
  const messages = useUi(({ pastMessages }) => pastMessages);
  if (messages.length === 0) return <p className={css.quiet}>{t('noticeCentre.nothing')}</p>;
  return (
    <ol className={css.list}>
      {messages.toReversed().map((message) => {
        const { what, list, next } = wordsOf(message);
        return (
          <li key={message.id}>
            <time className={css.quiet}>{formats.exactDate(message.at)}</time>
            <p className="selectable">
              <strong>{what}</strong> {list && `${list.join(' · ')} ·`} {next}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
