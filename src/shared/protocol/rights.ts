import { z } from 'zod';

/**
 * An agent's role in their workspace. Supervisors may listen to its calls; admins may, too, and
 * manage its agents.
 */
export const role = z.enum(['agent', 'supervisor', 'admin']);
export type Role = z.infer<typeof role>;

/**
 * The calls that an agent gets. `no-transfers`: takes and places calls, but is offered no
 * transfers. `outbound-only`: places calls only. `none`: neither.
 */
export const callRights = z.enum(['all', 'no-transfers', 'outbound-only', 'none']);
export type CallRights = z.infer<typeof callRights>;

/** Whether a role decides what holds for everybody in its workspace. */
export const administers = (of: Role | undefined): boolean => of === 'admin';

/** Whether a role may see teammates' calls and listen to them. */
export const supervises = (of: Role | undefined): boolean => of === 'supervisor' || of === 'admin';
