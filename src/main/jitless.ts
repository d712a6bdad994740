import { config } from 'zod';

// Compiling every schema at its first use takes 20 ms of a start, and main reads little with each.
config({ jitless: true });
