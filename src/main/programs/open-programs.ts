import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { app, clipboard, shell } from 'electron';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { Log } from '../log.ts';
import type { Notices } from '../snapshot/notices.ts';
import { hasDesktopFile, LinkHandlers } from './link-handlers.ts';
import { NewCall, type NewCallPorts } from './new-call.ts';
import { ScreenPops } from './screen-pops.ts';
import { selectedText } from './selected-text.ts';

const execute = promisify(execFile);
/** How long a program of the system may take, in ms. */
const RUN_MS = 5_000;

export interface ProgramsPorts extends Pick<NewCallPorts, 'window' | 'say'> {
  snapshot: () => Snapshot;
  notices: Notices;
  log: Log;
}

/** What connects Ringdesk with other programs, short of the local API. */
export interface Programs {
  newCall: NewCall;
  links: LinkHandlers;
  screenPops: ScreenPops;
}

/** Builds these parts for this system. */
export function openPrograms(ports: ProgramsPorts): Programs {
  const { log } = ports;
  const { platform, execPath, env } = process;
  return {
    newCall: new NewCall({ ...ports, selected: selectedText(clipboard, platform, log) }),
    links: new LinkHandlers({
      app,
      platform,
      program: execPath,
      run: async (file, args) => (await execute(file, args, { timeout: RUN_MS })).stdout,
      isInstalled: () => app.isPackaged && (platform !== 'linux' || hasDesktopFile(env)),
      log,
    }),
    screenPops: new ScreenPops({ ...ports, open: (address) => shell.openExternal(address) }),
  };
}
