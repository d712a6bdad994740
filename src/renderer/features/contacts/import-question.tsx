import { useState } from 'react';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { ImportPreview } from '../../../shared/ipc/people.ts';
import { partyName, partyNumber } from '../../lib/party.ts';
import { act } from '../../state/requests.ts';
import { toast } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Question } from '../../ui/dialog.tsx';
import css from './exchange-menu.module.css';

interface ImportQuestionProps {
  preview: ImportPreview;
  onClose: () => void;
}

/** What a file would change, in words, before it does. */
export function ImportQuestion({ preview, onClose }: ImportQuestionProps) {
  const { id, file, added, changed, same, joined, skipped } = preview;
  const [importing, setImporting] = useState(false);
  const count = added.count + changed.count;
  const run = async () => {
    setImporting(true);
    const done = await act('people.import', { id });
    setImporting(false);
    if (done) toast('good', () => t('people.imported', { count: done.people }));
    onClose();
  };
  const facts = [
    t('people.importNew', { count: added.count }),
    t('people.importChanged', { count: changed.count }),
    ...(same > 0 ? [t('people.importSame', { count: same })] : []),
    ...(joined > 0 ? [t('people.importJoined', { count: joined })] : []),
    ...(skipped.length > 0 ? [t('people.importSkipped', { count: skipped.length })] : []),
  ];
  return (
    <Question
      title={t('people.importQuestion', { file })}
      text={facts.join('\n')}
      content={<Lists preview={preview} />}
      onClose={onClose}
    >
      <Button onClick={onClose}>{t('people.cancel')}</Button>
      <Button
        look="accent"
        blocked={
          importing ? t('people.working') : count === 0 ? t('people.importNothing') : undefined
        }
        onClick={() => void run()}
      >
        {t('people.importNow', { count })}
      </Button>
    </Question>
  );
}

function Lists({ preview: { added, changed, skipped } }: Pick<ImportQuestionProps, 'preview'>) {
  if (added.count + changed.count + skipped.length === 0) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- arrow keys scroll it
    <section className={css.preview} aria-label={t('people.importDetails')} tabIndex={0}>
      {skipped.length > 0 && (
        <>
          <h3>{t('people.skippedTitle')}</h3>
          <ul>
            {skipped.map(({ line, problem, what }) => (
              <li key={`${line} ${problem} ${what}`} className={css.skipped}>
                <bdi>
                  {t('people.skippedLine', {
                    line,
                    why: t(`people.problems.${problem}`, { what }),
                  })}
                </bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      {changed.first.length > 0 && (
        <>
          <h3>{t('people.changedTitle')}</h3>
          <ul>
            {changed.first.map(({ party, fields }) => (
              <li key={partyNumber(party) || party.userId}>
                <bdi>{partyName(party)}</bdi>{' '}
                <span className="num" dir="ltr">
                  {party.name !== undefined && partyNumber(party)}
                </span>
                {fields.length > 0 &&
                  `: ${formats.list(fields.map((field) => t(`people.fields.${field}`)))}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {added.first.length > 0 && (
        <>
          <h3>{t('people.addedTitle')}</h3>
          <ul>
            {added.first.map(({ party }) => (
              <li key={partyNumber(party) || party.userId}>
                <bdi>{partyName(party)}</bdi>{' '}
                <span className="num" dir="ltr">
                  {party.name !== undefined && partyNumber(party)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {(added.count > added.first.length || changed.count > changed.first.length) && (
        <p className={css.note}>{t('people.importMore')}</p>
      )}
    </section>
  );
}
