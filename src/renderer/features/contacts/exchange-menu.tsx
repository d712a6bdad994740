import { useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { ImportPreview, PeopleFormat } from '../../../shared/ipc/people.ts';
import { csvSeparatorOf } from '../../lib/csv-separator.ts';
import { useOff } from '../../state/organisation.ts';
import { act } from '../../state/requests.ts';
import { toast } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Float } from '../../ui/float.tsx';
import { ImportQuestion } from './import-question.tsx';
import css from './exchange-menu.module.css';

/** Takes contacts from a file, and writes them to one. */
export function ExchangeMenu() {
  const off = useOff('export');
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [preview, setPreview] = useState<ImportPreview | undefined>();
  const blocked = busy ? t('people.working') : undefined;
  const plan = async () => {
    setBusy(true);
    const planned = await act('people.plan-import', {});
    setBusy(false);
    if (!planned) return;
    setOpen(false);
    setPreview(planned);
  };
  const write = async (format: PeopleFormat) => {
    setBusy(true);
    const separator = csvSeparatorOf();
    const done = await act('people.export', { format, ...(format === 'csv' && { separator }) });
    setBusy(false);
    if (!done) return;
    setOpen(false);
    toast('good', () => t('people.exported', { count: done.people, path: done.path }));
  };
  return (
    <>
      <Float
        title={t('people.exchange')}
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button look="quiet" icon="export" iconOnly>
            {t('people.exchange')}
          </Button>
        }
      >
        <div className={css.menu}>
          <Button blocked={blocked} onClick={() => void plan()}>
            {t('people.import')}
          </Button>
          <p className={css.note}>{t('people.importNote')}</p>
          <Button blocked={off ?? blocked} onClick={() => void write('vcf')}>
            {t('people.exportVCard')}
          </Button>
          <Button blocked={off ?? blocked} onClick={() => void write('csv')}>
            {t('people.exportCsv')}
          </Button>
        </div>
      </Float>
      {preview && <ImportQuestion preview={preview} onClose={() => setPreview(undefined)} />}
    </>
  );
}
