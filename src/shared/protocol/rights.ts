import { z } from 'zod';

/**
 * What an agent is in their workspace. Supervisors may listen to its calls; admins may, too, and look
 * after its agents.
 */
export const role = z.enum(['agent', 'supervisor', 'admin']);
export type Role = z.infer<typeof role>;

/**
 * Which calls an agent has. `no-transfers`: takes and places calls, but teammates hand them none.
 * `outbound-only`: places calls and takes none. `none`: neither.
 */
export const callRights = z.enum(['all', 'no-transfers', 'outbound-only', 'none']);
export type CallRights = z.infer<typeof callRights>;

/** Whether a role may see teammates' calls and listen to them. */
export const supervises = (of: Role | undefined): boolean => of === 'supervisor' || of === 'admin';
