import { assertNever } from '../../shared/lib/assert-never.ts';
import type { ContactEvent } from '../../shared/rules/facts.ts';
import { parseContactBody } from './contact-body.ts';

/** A row of `contact_event`. */
export interface ContactEventRow {
  at: number;
  body: string;
  messageId: string | null;
  status: string | null;
}

/** A row of `call`. */
export interface CallRow {
  direction: string;
  outcome: string | null;
  createdAt: number;
  connectedAt: number | null;
}

/** A call as the rules read it. */
export function callEvent(row: CallRow): ContactEvent {
  const { createdAt: at } = row;
  const connectedAt = row.connectedAt ?? undefined;
  if (row.direction === 'inbound') {
    return { kind: 'customer-call', at, connectedAt };
  }
  switch (row.outcome) {
    // Still going on; the query takes only calls that connected.
    case null:
    case 'answered':
      return { kind: 'business-call', at, outcome: 'connected', connectedAt: connectedAt ?? at };
    case 'unanswered':
    case 'rejected':
    case 'cancelled':
      return { kind: 'business-call', at, outcome: row.outcome };
    default:
      return { kind: 'business-call', at, outcome: 'failed' };
  }
}

/** A stored event as the rules read it. A failed message never reached the customer. */
export function ruleEvents({ at, body: text, status }: ContactEventRow): ContactEvent[] {
  const body = parseContactBody(text);
  const failed = status === 'failed';
  switch (body?.kind) {
    case 'message-in':
      // Editing or deleting a message opens no service window.
      return body.type === 'edit' || body.type === 'revoke'
        ? []
        : [{ kind: 'customer-message', at }];
    case 'message-out':
      return body.what === 'template' && !failed ? [{ kind: 'template-sent', at }] : [];
    case 'permission-request':
      return failed ? [] : [{ kind: 'permission-request', at }];
    case 'permission': {
      if (body.granted) return [{ kind: 'permission-granted', at, expiresAt: body.expiresAt }];
      const kind = body.source === 'automatic' ? 'permission-revoked' : 'permission-declined';
      return [{ kind, at }];
    }
    case 'colleague-call': {
      const { outcome, connectedAt } = body;
      if (outcome === 'connected') {
        return [{ kind: 'business-call', at, outcome, connectedAt: connectedAt ?? at }];
      }
      return [{ kind: 'business-call', at, outcome }];
    }
    case 'note':
    case undefined:
      return [];
    default:
      return assertNever(body, 'contact body');
  }
}
