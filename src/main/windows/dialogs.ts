import { t } from '../../shared/i18n/i18n.ts';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import type { PeopleFormat } from '../../shared/ipc/people.ts';
import type { ExportFormat } from '../../shared/ipc/export.ts';
import type { MainWindow } from './main-window.ts';

let open = false;

/** Shows one dialog at a time: a second request is answered as cancelled. */
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

/** Asks for a profile file; undefined if the agent cancels. */
export async function askProfileFile(window: MainWindow): Promise<string | undefined> {
  const { canceled, filePaths } = await alone(() =>
    dialog.showOpenDialog(window.native, {
      title: t('desktop.importTitle'),
      properties: ['openFile'],
      filters: [{ name: t('desktop.importFilter'), extensions: ['json'] }],
    }),
  );
  return canceled ? undefined : filePaths[0];
}

/**
 * Asks whether to import a profile named by a second start of the app: a running console is never
 * reprovisioned without asking.
 */
export async function askProvision(window: MainWindow, file: string): Promise<boolean> {
  window.show();
  const { response } = await dialog.showMessageBox(window.native, {
    type: 'question',
    message: t('desktop.provisionTitle'),
    detail: t('desktop.provision', { file }),
    buttons: [t('desktop.provisionNo'), t('desktop.provisionYes')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

/** Asks for a folder to write a relay's files into; undefined if the admin cancels. */
export async function askSetUpFolder(window: MainWindow): Promise<string | undefined> {
  const { canceled, filePaths } = await alone(() =>
    dialog.showOpenDialog(window.native, {
      title: t('desktop.setUpFolder'),
      properties: ['openDirectory', 'createDirectory'],
    }),
  );
  return canceled ? undefined : filePaths[0];
}

/** Asks for a rate card's CSV file. */
export async function askRateCard(window: MainWindow): Promise<string | undefined> {
  const { canceled, filePaths } = await alone(() =>
    dialog.showOpenDialog(window.native, {
      title: t('desktop.rateCardTitle'),
      properties: ['openFile'],
      filters: [{ name: t('desktop.rateCardFilter'), extensions: ['csv'] }],
    }),
  );
  return canceled ? undefined : filePaths[0];
}

/** Asks for a file of people. */
export async function askPeopleFile(window: MainWindow): Promise<string | undefined> {
  const { canceled, filePaths } = await alone(() =>
    dialog.showOpenDialog(window.native, {
      title: t('people.importTitle'),
      properties: ['openFile'],
      filters: [{ name: t('people.fileFilter'), extensions: ['vcf', 'vcard', 'csv', 'txt'] }],
    }),
  );
  return canceled ? undefined : filePaths[0];
}

/** Asks where people are written to. */
export async function askPeopleExport(
  window: MainWindow,
  format: PeopleFormat,
): Promise<string | undefined> {
  const { canceled, filePath } = await alone(() =>
    dialog.showSaveDialog(window.native, {
      title: t('people.exportTitle'),
      defaultPath: `contacts-${new Date().toISOString().slice(0, 10)}.${format}`,
      filters: [{ name: format === 'vcf' ? 'vCard' : 'CSV', extensions: [format] }],
    }),
  );
  return canceled || filePath === '' ? undefined : filePath;
}

/** Asks where a customer's file is saved. */
export async function askFileToSave(window: MainWindow, name: string): Promise<string | undefined> {
  const { canceled, filePath } = await alone(() =>
    dialog.showSaveDialog(window.native, {
      title: t('desktop.saveFileTitle'),
      defaultPath: join(app.getPath('downloads'), name),
    }),
  );
  return canceled || filePath === '' ? undefined : filePath;
}

/** Asks for a CSV file with agents. */
export async function askAgentsFile(window: MainWindow): Promise<string | undefined> {
  const { canceled, filePaths } = await alone(() =>
    dialog.showOpenDialog(window.native, {
      title: t('agents.fileTitle'),
      properties: ['openFile'],
      filters: [{ name: t('agents.fileFilter'), extensions: ['csv'] }],
    }),
  );
  return canceled ? undefined : filePaths[0];
}

/** Asks where the tokens of new agents are saved. */
export async function askTokensFile(window: MainWindow): Promise<string | undefined> {
  const { canceled, filePath } = await alone(() =>
    dialog.showSaveDialog(window.native, {
      title: t('agents.tokensTitle'),
      defaultPath: 'agents.tokens.csv',
      filters: [{ name: t('agents.fileFilter'), extensions: ['csv'] }],
    }),
  );
  return canceled || filePath === '' ? undefined : filePath;
}

/** Asks where to write an export. */
export async function askExportFile(
  window: MainWindow,
  format: ExportFormat,
): Promise<string | undefined> {
  const { canceled, filePath } = await alone(() =>
    dialog.showSaveDialog(window.native, {
      title: t('desktop.exportTitle'),
      defaultPath: `calls-${new Date().toISOString().slice(0, 10)}.${format}`,
      filters: [{ name: format.toUpperCase(), extensions: [format] }],
    }),
  );
  return canceled || filePath === '' ? undefined : filePath;
}

/** Asks which of several headsets; undefined if none. */
export async function askHeadset(
  window: MainWindow,
  names: readonly string[],
): Promise<number | undefined> {
  const { response } = await dialog.showMessageBox(window.native, {
    type: 'question',
    message: t('headsets.which'),
    buttons: [...names, t('headsets.noneOfThese')],
    cancelId: names.length,
    noLink: true,
  });
  return response < names.length ? response : undefined;
}

/** Asks where the diagnostics file is written to. */
export async function askDiagnosticsFile(
  window: MainWindow,
  name: string,
): Promise<string | undefined> {
  const { canceled, filePath } = await alone(() =>
    dialog.showSaveDialog(window.native, {
      title: t('diagnostics.saveTitle'),
      defaultPath: name,
      filters: [{ name: 'JSON', extensions: ['json'] }],
    }),
  );
  return canceled || filePath === '' ? undefined : filePath;
}

/** Asks for the folder of an export that repeats. */
export async function askExportFolder(window: MainWindow): Promise<string | undefined> {
  const { canceled, filePaths } = await alone(() =>
    dialog.showOpenDialog(window.native, {
      title: t('desktop.exportTitle'),
      properties: ['openDirectory', 'createDirectory'],
    }),
  );
  return canceled ? undefined : filePaths[0];
}

/** Shows a message as a dialog, for systems without notifications. */
export async function sayInDialog({ title, body }: { title: string; body: string }): Promise<void> {
  await dialog.showMessageBox({
    type: 'info',
    title: t('desktop.app'),
    message: title,
    detail: body,
  });
}
