import { randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Scheduler } from '../lib/scheduler.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Customer } from './directory.ts';
import type { FileType, MessageFile } from './sample-files.ts';
import { DAY_MS } from './permission-rules.ts';

export type MessageStatus = 'sent' | 'delivered' | 'read' | 'failed';

/** What a customer writes. */
export interface Written {
  text?: string | undefined;
  /** `type`: of the message, e.g. `image`. */
  file?: { type: FileType; file: MessageFile } | undefined;
  /** The id of the message that it answers. */
  replyTo?: string | undefined;
  /** Their own number, which they give when asked for it. */
  sharedNumber?: string | undefined;
}

/** One message between a business number and a customer. Times are Unix ms. */
export interface Message {
  id: string;
  accountId: string;
  customer: Customer;
  from: 'customer' | 'business';
  at: number;
  /** E.g. `text`, `template`, `call_permission_request`, `voice_call`. */
  type: string;
  /** What the customer reads, or wrote. */
  text: string | undefined;
  file?: MessageFile | undefined;
  replyTo?: string | undefined;
  sharedNumber?: string | undefined;
  /** Of a call button. */
  payload: string | undefined;
  status: MessageStatus | undefined;
}

export type ChatEvent =
  | { type: 'message'; message: Message }
  | { type: 'message-status'; message: Message; status: MessageStatus };

/**
 * How long the business may write free text after a customer's message or call
 * (docs/providers/meta.md#limits).
 */
const WINDOW_MS = DAY_MS;

export const newMessageId = (): string => `wamid.${randomBytes(24).toString('base64')}`;

/** Messages between customers and numbers, and until when a number may write free text. */
export class ChatService {
  readonly events = new Emitter<ChatEvent>();
  readonly #messages: Message[] = [];
  readonly #heardAt = new Map<string, number>();
  readonly #clock: Clock;
  readonly #scheduler: Scheduler;
  readonly #timing: { messageDeliveredAfterMs: number; messageReadAfterMs: number };

  constructor(options: {
    clock: Clock;
    scheduler: Scheduler;
    timing: { messageDeliveredAfterMs: number; messageReadAfterMs: number };
  }) {
    this.#clock = options.clock;
    this.#scheduler = options.scheduler;
    this.#timing = options.timing;
  }

  all(): readonly Message[] {
    return this.#messages;
  }

  /** A customer writes. */
  receive(accountId: string, customer: Customer, written: Written): Message {
    const { text, file, replyTo, sharedNumber } = written;
    this.heard(accountId, customer);
    const message = this.#add({
      accountId,
      customer,
      from: 'customer',
      type: sharedNumber === undefined ? (file?.type ?? 'text') : 'contacts',
      sharedNumber,
      text,
      file: file?.file,
      replyTo,
    });
    this.events.emit({ type: 'message', message });
    return message;
  }

  /** A customer speaks on a voicemail: a message with the call's id, which the caller reports. */
  leave(accountId: string, customer: Customer, id: string, file: MessageFile): Message {
    this.heard(accountId, customer);
    const what = { from: 'customer', type: 'audio', text: undefined, file } as const;
    return this.#add({ id, accountId, customer, ...what });
  }

  /** A file that a customer sent to a number. */
  file(accountId: string, id: string): MessageFile | undefined {
    return this.#messages.find((one) => one.accountId === accountId && one.file?.id === id)?.file;
  }

  /** The business writes; the customer's phone receives and shows it after its own delays. */
  send(
    message: Pick<Message, 'accountId' | 'customer' | 'type' | 'text' | 'replyTo'> & {
      payload?: string;
    },
  ): Message {
    const sent = this.#add({ ...message, from: 'business' });
    const { messageDeliveredAfterMs: delivered, messageReadAfterMs: read } = this.#timing;
    this.#scheduler.in(0, () => this.#tell(sent, 'sent'));
    if (sent.customer.behaviour.undeliverable !== undefined) {
      this.#scheduler.in(delivered, () => this.#tell(sent, 'failed'));
      return sent;
    }
    this.#scheduler.in(delivered, () => this.#tell(sent, 'delivered'));
    if (sent.customer.behaviour.reads)
      this.#scheduler.in(delivered + read, () => this.#tell(sent, 'read'));
    return sent;
  }

  /** The customer is asked for their number, and gives it if they want to. */
  askForNumber({ id, accountId, customer }: Message): void {
    const { sharesNumber: sharedNumber } = customer.behaviour;
    if (sharedNumber === undefined) return;
    const { messageDeliveredAfterMs: delivered, messageReadAfterMs: read } = this.#timing;
    this.#scheduler.in(delivered + read, () =>
      this.receive(accountId, customer, { sharedNumber, replyTo: id }),
    );
  }

  /**
   * The customer wrote, called, or took a call: the window is open from now on
   * (docs/providers/meta.md#limits).
   */
  heard(accountId: string, customer: Customer): void {
    this.#heardAt.set(key(accountId, customer), this.#clock.now());
  }

  /**
   * Whether the business may write free text. Before first contact, the customer's behaviour
   * decides.
   */
  windowOpen(accountId: string, customer: Customer): boolean {
    const at = this.#heardAt.get(key(accountId, customer));
    if (at === undefined) return customer.behaviour.serviceWindow === 'open';
    return this.#clock.now() < at + WINDOW_MS;
  }

  #add(
    message: Pick<Message, 'accountId' | 'customer' | 'from' | 'type' | 'text'> & Partial<Message>,
  ): Message {
    const added: Message = {
      payload: undefined,
      status: undefined,
      id: newMessageId(),
      ...message,
      at: this.#clock.now(),
    };
    this.#messages.push(added);
    return added;
  }

  #tell(message: Message, status: MessageStatus): void {
    message.status = status;
    this.events.emit({ type: 'message-status', message, status });
  }
}

const key = (accountId: string, customer: Customer): string => `${accountId} ${customer.bsuid}`;
