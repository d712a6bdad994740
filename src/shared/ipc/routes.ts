import type { z } from 'zod';
import type { Responses } from './responses.ts';
import { appRoutes } from './routes/app.ts';
import { callRoutes } from './routes/calls.ts';
import { contactRoutes } from './routes/contacts.ts';
import { historyRoutes } from './routes/history.ts';
import { mediaRoutes } from './routes/media.ts';
import { numberRoutes } from './routes/numbers.ts';
import { readyRoutes } from './routes/ready.ts';
import { recordingRoutes } from './routes/recordings.ts';
import { setUpRoutes } from './routes/set-up.ts';
import { settingsRoutes } from './routes/settings.ts';
import { teamRoutes } from './routes/team.ts';

/**
 * The contract between windows and main: a schema for each request, and the type of its answer.
 * Main parses every request, because a window is not trusted; handlers are exhaustive by type.
 */
export const requests = {
  ...appRoutes,
  ...callRoutes,
  ...contactRoutes,
  ...numberRoutes,
  ...readyRoutes,
  ...recordingRoutes,
  ...teamRoutes,
  ...historyRoutes,
  ...settingsRoutes,
  ...setUpRoutes,
  ...mediaRoutes,
} as const;

export type RouteName = keyof typeof requests;
export type RouteInput<N extends RouteName> = z.input<(typeof requests)[N]>;
export type RouteOutput<N extends RouteName> = Responses[N];
