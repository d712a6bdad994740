import type { Clock } from '../../shared/lib/clock.ts';
import type { Direction } from '../direction.ts';
import type { Scheduler } from '../lib/scheduler.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Customer, Directory } from './directory.ts';
import {
  afterConnected,
  afterRequest,
  afterUnanswered,
  grantNow,
  type PermissionRecord,
  temporaryFrom,
} from './permission-rules.ts';

/**
 * A customer answered a permission request, or a rule did it for them
 * (docs/providers/meta.md#permission-reply).
 */
export interface PermissionChange {
  accountId: string;
  customer: Customer;
  response: 'accept' | 'reject';
  permanent: boolean;
  /** Unix ms; only for temporary ones. */
  expiresAt: number | undefined;
  source: 'user_action' | 'automatic';
  /** Id of the request message, or of the call that led to it. */
  context: string | undefined;
}

/** Keeps the permission records and lets customers answer requests after a delay. */
export class PermissionService {
  readonly events = new Emitter<PermissionChange>();
  readonly #directory: Directory;
  readonly #clock: Clock;
  readonly #replyAfterMs: number;
  readonly #scheduler: Scheduler;

  constructor(options: {
    directory: Directory;
    clock: Clock;
    scheduler: Scheduler;
    replyAfterMs: number;
  }) {
    this.#directory = options.directory;
    this.#clock = options.clock;
    this.#scheduler = options.scheduler;
    this.#replyAfterMs = options.replyAfterMs;
  }

  record(accountId: string, customer: Customer): PermissionRecord {
    return this.#directory.permission(accountId, customer, this.#clock.now());
  }

  /** Counts a request and schedules the customer's answer to it. `messageId` is the request's. */
  request(accountId: string, customer: Customer, messageId: string): void {
    const now = this.#clock.now();
    this.#save(accountId, customer, afterRequest(this.record(accountId, customer), now));
    const answer = customer.behaviour.onPermissionRequest;
    if (answer === 'ignore') return;
    this.#scheduler.in(this.#replyAfterMs, () => {
      const user = { source: 'user_action', context: messageId } as const;
      if (answer === 'decline') this.#deny(accountId, customer, user);
      else this.#grant(accountId, customer, { ...user, permanent: answer === 'accept-permanent' });
    });
  }

  /**
   * The customer changes the permission in the business's profile, unasked
   * (docs/providers/meta.md#permission-reply).
   */
  decide(
    accountId: string,
    customer: Customer,
    decision: 'allow' | 'allow-permanent' | 'refuse',
  ): void {
    const how = { source: 'user_action', context: undefined } as const;
    if (decision === 'refuse') this.#deny(accountId, customer, how);
    else this.#grant(accountId, customer, { ...how, permanent: decision === 'allow-permanent' });
  }

  /**
   * The callback permission given after a call to a number with that setting
   * (docs/providers/meta.md#permission-reply, "automatic after UIC").
   */
  grantCallback(accountId: string, customer: Customer, callId: string): void {
    const grant = grantNow(this.record(accountId, customer), this.#clock.now());
    const willing = customer.behaviour.onPermissionRequest.startsWith('accept');
    if (grant.kind !== 'none' || !willing) return;
    this.#grant(accountId, customer, { source: 'automatic', context: callId, permanent: false });
  }

  connected(accountId: string, customer: Customer, direction: Direction): void {
    const record = this.record(accountId, customer);
    this.#save(accountId, customer, afterConnected(record, this.#clock.now(), direction));
  }

  /** A connected call ended. */
  ended(accountId: string, customer: Customer): void {
    if (!customer.behaviour.revokesAfterCall) return;
    const record = this.record(accountId, customer);
    this.#save(accountId, customer, { ...record, grant: { kind: 'none' } });
  }

  unanswered(accountId: string, customer: Customer): void {
    const now = this.#clock.now();
    const { record, revoked } = afterUnanswered(this.record(accountId, customer), now);
    this.#save(accountId, customer, record);
    if (revoked) this.#deny(accountId, customer, { source: 'automatic', context: undefined });
  }

  #grant(
    accountId: string,
    customer: Customer,
    how: Pick<PermissionChange, 'source' | 'context' | 'permanent'>,
  ): void {
    const grant = how.permanent
      ? ({ kind: 'permanent' } as const)
      : temporaryFrom(this.#clock.now());
    this.#save(accountId, customer, { ...this.record(accountId, customer), grant, unanswered: 0 });
    this.events.emit({
      ...how,
      accountId,
      customer,
      response: 'accept',
      expiresAt: grant.kind === 'temporary' ? grant.expiresAt : undefined,
    });
  }

  #deny(
    accountId: string,
    customer: Customer,
    how: Pick<PermissionChange, 'source' | 'context'>,
  ): void {
    const record = this.record(accountId, customer);
    this.#save(accountId, customer, { ...record, grant: { kind: 'none' } });
    this.events.emit({
      ...how,
      accountId,
      customer,
      response: 'reject',
      permanent: false,
      expiresAt: undefined,
    });
  }

  #save(accountId: string, customer: Customer, record: PermissionRecord): void {
    this.#directory.setPermission(accountId, customer, record);
  }
}
