import { useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import { exportColumns, type ExportPeriod, exportPeriods } from '../../../shared/ipc/export.ts';
import type { ExportPreset } from '../../../shared/ipc/settings.ts';
import { act, request } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import css from './export-button.module.css';

/** As many as main stores. */
const MOST = 20;
const LONGEST_NAME = 60;
const NONE = '';

const save = (presets: readonly ExportPreset[]) =>
  void act('settings.set', { settings: { exportPresets: [...presets] } });

type What = Pick<ExportPreset, 'format' | 'separator' | 'columns' | 'manifest' | 'filter'>;

/** Exports that the agent has saved under a name, and a way to save this one, to repeat by itself if wanted. */
export function ExportPresets({
  what,
  onChoose,
}: {
  what: What;
  onChoose: (preset: ExportPreset) => void;
}) {
  const presets = useSnapshot(({ settings }) => settings.exportPresets);
  const [name, setName] = useState<string>(NONE);
  const chosen = presets.find((preset) => preset.name === name);
  const choose = (next: string) => {
    setName(next);
    const preset = presets.find((one) => one.name === next);
    if (!preset) return;
    onChoose(preset);
    useUi.setState({ filter: preset.filter });
  };
  const options = [NONE, ...presets.map((preset) => preset.name)].map((value) => ({
    value,
    label: value === NONE ? t('exporting.noPreset') : value,
  }));
  return (
    <>
      {presets.length > 0 && (
        <Choice
          label={t('exporting.presets')}
          value={chosen?.name ?? NONE}
          options={options}
          onChange={choose}
        />
      )}
      {chosen && (
        <Button
          size="small"
          look="quiet"
          icon="close"
          onClick={() => save(presets.filter((preset) => preset !== chosen))}
        >
          {t('exporting.removePreset')}
        </Button>
      )}
      {presets.length < MOST && (
        <SavePreset
          onSave={(preset) => {
            save([
              ...presets.filter((one) => one.name !== preset.name),
              { ...plain(what), ...preset },
            ]);
            setName(preset.name);
          }}
        />
      )}
    </>
  );
}

/** Which calls is for the range that is exported; the other filters stay. */
function plain({ format, separator, columns, manifest, filter }: What): What {
  const { from: _from, to: _to, ...rest } = filter;
  const isWhole = columns === undefined || columns.length === exportColumns.length;
  return {
    format,
    ...(format === 'csv' && { separator }),
    ...(format !== 'jsonl' && !isWhole && { columns }),
    manifest,
    filter: rest,
  };
}

function SavePreset({
  onSave,
}: {
  onSave: (preset: Pick<ExportPreset, 'name' | 'every' | 'folder'>) => void;
}) {
  const [name, setName] = useState('');
  const [every, setEvery] = useState<ExportPeriod | 'never'>('never');
  const [folder, setFolder] = useState<string>();
  const trimmed = name.trim();
  const chooseFolder = async () => {
    const answer = await request('export.folder', {});
    if (answer.ok && answer.value.folder !== undefined) setFolder(answer.value.folder);
  };
  const blocked = () => {
    if (trimmed === '') return t('exporting.namePreset');
    return every !== 'never' && folder === undefined ? t('exporting.folderFirst') : undefined;
  };
  return (
    <details className={css.columns}>
      <summary>{t('exporting.savePreset')}</summary>
      <form
        className={css.export}
        onSubmit={(event) => {
          event.preventDefault();
          if (blocked() !== undefined) return;
          onSave({ name: trimmed, ...(every !== 'never' && { every, folder }) });
          setName('');
        }}
      >
        <TextField
          label={t('exporting.presetName')}
          maxLength={LONGEST_NAME}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Choice
          label={t('exporting.repeat')}
          value={every}
          options={(['never', ...exportPeriods] as const).map((value) => ({
            value,
            label: t(`exporting.periods.${value}`),
          }))}
          onChange={setEvery}
        />
        {every !== 'never' && (
          <>
            {folder !== undefined && (
              <p className={css.note}>
                {t('exporting.folder')}: <bdi className="selectable">{folder}</bdi>
              </p>
            )}
            <Button onClick={() => void chooseFolder()}>{t('exporting.chooseFolder')}</Button>
          </>
        )}
        <Button type="submit" blocked={blocked()}>
          {t('exporting.storePreset')}
        </Button>
      </form>
    </details>
  );
}
