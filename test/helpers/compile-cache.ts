import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What Node compiled before, for its variable NODE_COMPILE_CACHE: a relay's process starts in half the time with it. */
export const compileCache = join(tmpdir(), 'ringdesk-compile-cache');
