import { parseWith } from '../lib/parse.ts';
import { createHash } from 'node:crypto';
import {
  type BehaviourPatch,
  behaviourPatchSchema,
  type CustomerBehaviour,
  type CustomerConfig,
  type CustomerRef,
  defaultBehaviour,
} from './behaviour.ts';
import { type Grant, newRecord, type PermissionRecord, temporaryFrom } from './permission-rules.ts';

/**
 * A person with WhatsApp. `bsuid` always exists; the number is hidden for people with a username
 * (docs/providers/meta.md#user-initiated-connect).
 */
export interface Customer {
  waId: string | undefined;
  bsuid: string;
  name: string;
  username: string | undefined;
  behaviour: CustomerBehaviour;
}

const digitsOnly = (number: string): string => number.replaceAll(/\D/g, '');

/** A stable made-up BSUID in the published form, e.g. `US.13491208655302741918`. */
function bsuidFor(seed: string): string {
  const hash = createHash('sha256').update(seed).digest().readBigUInt64BE();
  return `US.${hash.toString().padStart(20, '1')}`;
}

/** Everybody who can call or be called, and what each permits to each business number. */
export class Directory {
  readonly #customers: Customer[] = [];
  readonly #permissions = new Map<string, PermissionRecord>();

  constructor(configured: readonly CustomerConfig[]) {
    for (const { waId, bsuid, name, username, ...behaviour } of configured) {
      this.#add({ waId, bsuid, name, username }, { ...defaultBehaviour, ...behaviour });
    }
  }

  all(): readonly Customer[] {
    return this.#customers;
  }

  find(ref: CustomerRef): Customer | undefined {
    const waId = ref.waId === undefined ? undefined : digitsOnly(ref.waId);
    return this.#customers.find(
      (one) =>
        (waId !== undefined && one.waId === waId) ||
        (ref.bsuid !== undefined && one.bsuid === ref.bsuid),
    );
  }

  /** A first-time caller becomes a customer with the default behaviour. */
  findOrAdd(ref: CustomerRef): Customer {
    const known = this.find(ref);
    if (known) {
      known.name = ref.name ?? known.name;
      known.username = ref.username ?? known.username;
      return known;
    }
    return this.#add(ref, defaultBehaviour);
  }

  /**
   * Changes a customer's behaviour; a changed `permission` starts a fresh record with every number.
   */
  change(customer: Customer, patch: BehaviourPatch): void {
    const behaviour = parseWith(behaviourPatchSchema, patch);
    customer.behaviour = { ...customer.behaviour, ...behaviour };
    if (behaviour.permission !== undefined) {
      for (const key of this.#permissions.keys()) {
        if (key.endsWith(` ${customer.bsuid}`)) this.#permissions.delete(key);
      }
    }
  }

  permission(accountId: string, customer: Customer, now: number): PermissionRecord {
    const key = `${accountId} ${customer.bsuid}`;
    let record = this.#permissions.get(key);
    if (!record) {
      record = newRecord(initialGrant(customer.behaviour.permission, now));
      this.#permissions.set(key, record);
    }
    return record;
  }

  setPermission(accountId: string, customer: Customer, record: PermissionRecord): void {
    this.#permissions.set(`${accountId} ${customer.bsuid}`, record);
  }

  #add(ref: CustomerRef, behaviour: CustomerBehaviour): Customer {
    const waId = ref.waId === undefined ? undefined : digitsOnly(ref.waId);
    const customer: Customer = {
      waId,
      bsuid: ref.bsuid ?? bsuidFor(waId ?? ref.username ?? ref.name ?? ''),
      name: ref.name ?? waId ?? ref.username ?? 'WhatsApp user',
      username: ref.username,
      behaviour,
    };
    this.#customers.push(customer);
    return customer;
  }
}

function initialGrant(permission: CustomerBehaviour['permission'], now: number): Grant {
  return permission === 'temporary' ? temporaryFrom(now) : { kind: permission };
}
