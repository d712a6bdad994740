import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../../../../shared/i18n/i18n.ts';
import type { RecordingView } from '../../../../shared/ipc/recordings.ts';
import { splitVoices } from '../../../media/recordings/split-voices.ts';
import { act, fetchFromMain } from '../../../state/requests.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Fact } from '../fact.tsx';

/** Has the organisation's own service write down what was said; nothing where there is none. */
export function WriteDown({ recording }: { recording: RecordingView }) {
  const [isWriting, setWriting] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const [key, setKey] = useState('');
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['recordings', 'machine'],
    queryFn: () => fetchFromMain('recordings.machine', {}),
  });
  if (!data?.available) return null;
  const write = async () => {
    setWriting(true);
    const voices = await splitVoices(recording);
    const asked = { recordingId: recording.id, ...(voices && { voices }) };
    setFailed((await act('recordings.write-down', asked)) === undefined);
    setWriting(false);
  };
  const saveKey = async () => {
    if ((await act('recordings.set-machine-key', { key })) === undefined) return;
    setKey('');
    await client.invalidateQueries({ queryKey: ['recordings', 'machine'] });
  };
  return (
    <Fact name={t('recordings.transcript')}>
      <Button
        size="small"
        icon="note"
        blocked={isWriting ? t('recordings.machine.writing') : undefined}
        onClick={() => void write()}
      >
        {t('recordings.machine.write')}
      </Button>
      {(!data.hasKey || hasFailed) && (
        <>
          <TextField
            type="password"
            autoComplete="off"
            label={t('recordings.machine.keyOf')}
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
          {key.trim() !== '' && (
            <Button size="small" onClick={() => void saveKey()}>
              {t('recordings.machine.saveKey')}
            </Button>
          )}
        </>
      )}
    </Fact>
  );
}
