import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { app, dialog } from 'electron';
import { t } from '../../shared/i18n/i18n.ts';
import { speak } from '../os/language.ts';
import { relaunchOptions } from './relaunch.ts';
import { installKind } from './install-kind.ts';
import { installPackage, replaceAppImage } from './installers.ts';
import { sha512Of } from './signature.ts';
import { type Trial, TrialFolder } from './trial.ts';

/**
 * Notes that this version starts, if it is on trial. If it has failed, the version before is installed, with its data.
 *
 * @returns whether the version before starts now, instead of this one
 */
export async function goBackIfFailed(userData: string): Promise<boolean> {
  const folder = new TrialFolder(userData);
  const failed = folder.noteStart(app.getVersion());
  if (!failed) return false;
  await speak('system');
  const { from, to } = failed;
  process.stderr.write(`${t('updates.goingBack', { from, to })}\n`);
  try {
    await putBack(failed);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const text = t('updates.notBack', { from, why, file: failed.package?.file ?? '–' });
    process.stderr.write(`${text}\n`);
    dialog.showErrorBox(t('updates.didNotStart', { to }), text);
    return false;
  }
  folder.restoreData();
  folder.end();
  folder.noteFailed(to);
  app.relaunch(relaunchOptions());
  app.exit(0);
  return true;
}

async function putBack({ package: before, from }: Trial): Promise<void> {
  if (!before || !existsSync(before.file)) throw new Error(t('updates.noPackage', { from }));
  if ((await sha512Of(before.file)) !== before.sha512) throw new Error(t('updates.packageChanged'));
  const { platform, execPath, resourcesPath, env } = process;
  const installed = installKind({ platform, program: execPath, resources: resourcesPath, env });
  const kind = 'kind' in installed ? installed.kind : undefined;
  switch (kind) {
    case 'deb':
    case 'rpm':
      return installPackage(kind, before.file);
    case 'appimage':
      return replaceAppImage(before.file, env['APPIMAGE'] ?? '');
    case 'nsis':
      // It waits until this process has ended, and starts what it installed.
      spawn(before.file, ['/S', '--updated', '--force-run'], {
        detached: true,
        stdio: 'ignore',
      }).unref();
      return undefined;
    default:
      throw new Error(t('updates.byHand'));
  }
}
