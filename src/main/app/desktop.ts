import { t } from '../../shared/i18n/i18n.ts';
import { app } from 'electron';
import type { LocalApi } from '../local-api/local-api.ts';
import { type Indicators, openIndicators } from '../os/indicators.ts';
import { soundServerPath, watchSoundServer } from '../os/sound-server.ts';
import { watchMachine } from '../os/watch-machine.ts';
import { refusalReason } from '../refusal.ts';
import { sayInDialog } from '../windows/dialogs.ts';
import { callActions } from '../workspace/call-actions.ts';
import type { WorkspaceSwitcher } from '../workspace/workspace-switcher.ts';
import type { Base, Parts } from './base.ts';

/** Tray, notifications, shortcuts and the taskbar. */
export function openIndicatorsFor(
  { paths, windows, clock, log, changed }: Base,
  { workspaces, newCall, updates }: Pick<Parts, 'workspaces' | 'newCall' | 'updates'>,
): Indicators {
  return openIndicators({
    ...callActions(workspaces, (callId) => windows.show('todo', callId), log),
    clock,
    log,
    icon: app.isPackaged ? 'ringdesk' : paths.resource('icon.png'),
    trayImage: (name) => paths.resource('tray', `${name}.png`),
    ringWindow: windows.ring,
    flashFrame: (on) => windows.main.flash(on),
    show: (callId) => windows.show('todo', callId),
    goBack: () => {
      workspaces.useOwn().catch((error: unknown) => log.info(`back: ${refusalReason(error)}`));
    },
    setDnd: (on) => workspaces.setDnd(on),
    update: () => updates.plan('now'),
    quit: () => app.quit(),
    onSelection: () => void newCall.takeSelection(),
    onKeys: changed,
    onAlarm: () => windows.main.send({ type: 'alarm' }),
    onTrayHost: (has) => windows.main.setHasTray(has),
  });
}

/** What becomes of the main window. */
export function handleWindowEvents(
  { windows, log, notices }: Base,
  {
    softphone,
    newCall,
    workspaces,
    indicators,
  }: Pick<Parts, 'softphone' | 'newCall' | 'workspaces' | 'indicators'>,
): void {
  windows.main.on('page-gone', (why) => {
    newCall.handleGone();
    if (!softphone.handleGone()) return;
    log.warn(`softphone: gone, because ${why}`);
    const { current } = workspaces;
    current?.ringer.handleGone();
    current?.team.supervision.end();
    if (!current || current.calls.live().length === 0) return;
    current.calls.handleSoftphoneLost();
    notices.add({ kind: 'warning', code: 'softphone-restarted', values: { why } });
  });
  const sayRingsOn = async () => {
    const said = { title: t('desktop.ringsOn.title'), body: t('desktop.ringsOn.body') };
    if (!(await indicators.say(said))) await sayInDialog(said);
  };
  windows.main.once('closed-to-taskbar', () => {
    notices.add({ kind: 'info', code: 'tray-missing' });
  });
  windows.main.on('closed-to-tray', () => {
    // Shown once; shown again if the agent turns it on in the settings.
    if (!workspaces.settings().trayHint) return;
    workspaces.current?.setSettings({ trayHint: false });
    void sayRingsOn();
  });
}

/** Sleep, lock and network. @returns stops */
export function watchMachineFor(
  { clock, log }: Base,
  workspaces: WorkspaceSwitcher,
  localApi: LocalApi,
): () => void {
  return watchMachine({
    clock,
    log,
    isOnCall: () => (workspaces.current?.calls.live() ?? []).length > 0,
    onStaleSockets: (why) => workspaces.current?.replaceSocket(why),
    onLocked(locked) {
      localApi.setLocked(locked);
      workspaces.current?.team.presence.setLocked(locked);
    },
    onNetwork: (online) => workspaces.setOnline(online),
  });
}

/** On Linux, Chromium does not notice every device. @returns stops */
export function watchSoundFor({ windows, log }: Base): () => void {
  const path = process.platform === 'linux' ? soundServerPath(process.env) : undefined;
  if (path === undefined) return () => undefined;
  return watchSoundServer(
    path,
    {
      onPlugged: (returnsSound) => windows.main.send({ type: 'device-plugged', returnsSound }),
      // Chromium plays in a process of its own.
      isOurs: (pid) => app.getAppMetrics().some((one) => one.pid === pid),
    },
    log,
  );
}
