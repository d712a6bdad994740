import { session } from 'electron';
import type { AppEvent } from '../../shared/ipc/events.ts';
import { JsonFile } from '../lib/json-file.ts';
import type { Log } from '../log.ts';
import type { Paths } from '../paths.ts';
import { boundsSchema } from './bounds.ts';
import { MainWindow } from './main-window.ts';
import { askHeadset } from './dialogs.ts';
import { HeadsetGrants, headsetsSchema } from './headset-grants.ts';
import { PageOrigin } from './origin.ts';
import { guardPermissions } from './permissions.ts';
import { servePages } from './protocol.ts';
import { Sounds } from './sounds.ts';
import { ringPlacesSchema } from './ring-place.ts';
import { RingWindow } from './ring-window.ts';

export interface WindowsPorts {
  paths: Paths;
  /** Vite's server, in development. */
  devServer: string | undefined;
  log: Log;
}

export interface Windows {
  main: MainWindow;
  ring: RingWindow;
  origin: PageOrigin;
  /** Streams recordings to the pages. */
  sounds: Sounds;
  /** Sends an event to every window. */
  send: (event: AppEvent) => void;
  /** Brings the main window to the front, optionally at one of its views. */
  show: (to?: 'todo' | 'history' | 'settings', callId?: string) => void;
  close: () => void;
}

/**
 * Builds the guards of the pages and both windows. The main window stays hidden until `main.open`, and the ring window
 * has no page until `ring.prepare`.
 */
export function openWindows({ paths, devServer, log }: WindowsPorts): Windows {
  const origin = new PageOrigin(devServer);
  const sounds = new Sounds(origin.reader);
  servePages(session.defaultSession, paths.rendererRoot, origin, sounds);
  const headsets = new HeadsetGrants(new JsonFile(paths.headsetsFile, headsetsSchema));
  guardPermissions(session.defaultSession, origin, headsets, (names) => askHeadset(main, names));
  const main = new MainWindow({
    origin,
    preload: paths.preload,
    // Main decodes it before the window appears.
    icon: paths.resource('icons', '128x128.png'),
    saved: new JsonFile(paths.windowFile, boundsSchema, {
      trouble: ({ kind, why }) => log.warn(`window: its place: ${kind}: ${why}`),
    }),
    log,
  });
  const ring = new RingWindow({
    origin,
    preload: paths.preload,
    log,
    saved: new JsonFile(paths.ringWindowFile, ringPlacesSchema),
    main: () => main.state,
  });
  main.on('placed', () => ring.handleMainChanged());
  return {
    main,
    ring,
    origin,
    sounds,
    send(event) {
      main.send(event);
      ring.send(event);
    },
    show(to = 'todo', callId) {
      main.show();
      main.send({ type: 'navigate', to, callId });
    },
    close() {
      ring.close();
      main.handleQuit();
      main.close();
    },
  };
}
