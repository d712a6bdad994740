import { assertNever } from '../../shared/lib/assert-never.ts';
import type { TemplateUse } from '../../shared/providers/requests.ts';
import type { MessageOut } from './contact-body.ts';

/** What an agent writes. `text` of a template: as the customer reads it. */
export type Outgoing =
  | { what: 'text'; text: string; replyTo?: string | undefined }
  | { what: 'contact-request'; text: string }
  | { what: 'template'; template: TemplateUse; text: string }
  | {
      what: 'call-button';
      text: string;
      label: string;
      minutes?: number | undefined;
      payload?: string | undefined;
    };

/** A message as it is stored. */
export function bodyOf(outgoing: Outgoing, by: string): MessageOut {
  const { what, text } = outgoing;
  switch (what) {
    case 'text':
      return { kind: 'message-out', what, by, text, replyTo: outgoing.replyTo };
    case 'contact-request':
      return { kind: 'message-out', what, by, text };
    case 'template': {
      const { name, language, values } = outgoing.template;
      const use = { language, values: [...values] };
      return { kind: 'message-out', what, by, text, template: name, use };
    }
    case 'call-button': {
      const { label, minutes, payload } = outgoing;
      return { kind: 'message-out', what, by, text, button: { label, minutes, payload } };
    }
    default:
      return assertNever(outgoing, 'message');
  }
}

/** What is to be sent again; undefined if this console does not know all of it. */
export function outgoingOf(message: MessageOut): Outgoing | undefined {
  const { what, text, template: name, use, button, replyTo } = message;
  if (text === undefined) return undefined;
  switch (what) {
    case 'text':
      return { what, text, replyTo };
    case 'contact-request':
      return { what, text };
    case 'template':
      return use && name !== undefined ? { what, text, template: { name, ...use } } : undefined;
    case 'call-button':
      return button && { what, text, ...button };
    default:
      return assertNever(what, 'message');
  }
}
