import { dialog } from 'electron';
import type { ExportFormat } from '../../shared/ipc/model.ts';
import { words } from '../words.ts';
import type { MainWindow } from './main-window.ts';

let open = false;

/** One dialog at a time: whoever asks for another while one is open has changed their mind. */
async function alone<T>(
  ask: () => Promise<T>,
): Promise<T | { canceled: true; filePaths: []; filePath: '' }> {
  if (open) return { canceled: true, filePaths: [], filePath: '' };
  open = true;
  try {
    return await ask();
  } finally {
    open = false;
  }
}

/** Asks for the file of a profile; undefined when the person changed their mind. */
export async function askProfileFile(window: MainWindow): Promise<string | undefined> {
  const { canceled, filePaths } = await alone(() =>
    dialog.showOpenDialog(window.native, {
      title: words.importTitle,
      properties: ['openFile'],
      filters: [{ name: words.importFilter, extensions: ['json'] }],
    }),
  );
  return canceled ? undefined : filePaths[0];
}

/**
 * Asks whether a profile that another start of the program named is to be used; a running console
 * is not set up anew unasked.
 */
export async function askProvision(window: MainWindow, file: string): Promise<boolean> {
  window.show();
  const { response } = await dialog.showMessageBox(window.native, {
    type: 'question',
    message: words.provisionTitle,
    detail: words.provision(file),
    buttons: [words.provisionNo, words.provisionYes],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

/** Asks for a rate card's CSV file. */
export async function askRateCard(window: MainWindow): Promise<string | undefined> {
  const { canceled, filePaths } = await alone(() =>
    dialog.showOpenDialog(window.native, {
      title: words.rateCardTitle,
      properties: ['openFile'],
      filters: [{ name: words.rateCardFilter, extensions: ['csv'] }],
    }),
  );
  return canceled ? undefined : filePaths[0];
}

/** Asks where to write an export. */
export async function askExportFile(
  window: MainWindow,
  format: ExportFormat,
): Promise<string | undefined> {
  const { canceled, filePath } = await alone(() =>
    dialog.showSaveDialog(window.native, {
      title: words.exportTitle,
      defaultPath: `calls-${new Date().toISOString().slice(0, 10)}.${format}`,
      filters: [{ name: format.toUpperCase(), extensions: [format] }],
    }),
  );
  return canceled || filePath === '' ? undefined : filePath;
}

/** Says something where the system shows no notifications. */
export async function sayInDialog({ title, body }: { title: string; body: string }): Promise<void> {
  await dialog.showMessageBox({ type: 'info', title: words.app, message: title, detail: body });
}
