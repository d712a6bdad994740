/** A customer by number and name. */
interface Customer {
  waId: string;
  name: string;
}

/** A customer's call that is answered. */
export interface PlannedCall {
  customer: Customer;
  /** How long they talk, in ms. */
  talkMs: number;
  /** What the agent writes down. */
  note: string | undefined;
  /** The agent promises to call back. */
  promises: boolean;
  /** The agent transfers the call to the team. */
  transfers: boolean;
}

/** How an agent takes care of a customer who waits. */
export type Task = { customer: Customer } & (
  | { do: 'call back' }
  | { do: 'reply'; text: string }
  | { do: 'done' }
  | { do: 'snooze' }
);

/** What happens at the desk, one after the other. */
export type Step =
  | { kind: 'call'; call: PlannedCall }
  /** Nobody takes the call. */
  | { kind: 'missed'; customer: Customer; voicemail: boolean }
  | { kind: 'message'; customer: Customer; text: string }
  | { kind: 'task'; task: Task };

/** How much happens in a shift. */
export interface Volume {
  /** Customers' calls that are answered, one of them transferred. */
  answered: number;
  missed: number;
  /** How many of the missed calls end in a voicemail. */
  voicemails: number;
  /** How many callers are promised a call, and get it. */
  callbacks: number;
  messages: number;
}

/** 40 calls with those that agents place. */
export const wholeShift: Volume = {
  answered: 31,
  missed: 6,
  voicemails: 2,
  callbacks: 3,
  messages: 5,
};

/**
 * The steps of a shift. Of those who wait, the last who was missed without a voicemail is snoozed, and the last
 * who wrote is left alone; agents take care of everybody else.
 */
export function stepsOf({ answered, missed, voicemails, callbacks, messages }: Volume): Step[] {
  const calls = Array.from({ length: answered }, (_, n): Step[] => {
    const promises = isOneOf(n, callbacks, answered);
    const note = promises || n % 3 === 0 ? `${pick(NOTES, n)} (${n + 1})` : undefined;
    const talkMs = 2000 + (n % 4) * 700;
    const call = { customer: customer(n), talkMs, note, promises, transfers: n === 2 };
    return [{ kind: 'call', call }];
  });
  const others = [
    ...Array.from({ length: missed }, (_, n): Step[] => {
      const who = customer(answered + n);
      const voicemail = n >= missed - voicemails;
      const isLast = n === missed - voicemails - 1;
      return [
        { kind: 'missed', customer: who, voicemail },
        { kind: 'task', task: { customer: who, do: isLast ? 'snooze' : 'done' } },
      ];
    }),
    ...Array.from({ length: messages }, (_, n): Step[] => {
      const who = customer(answered + missed + n);
      const wrote: Step = { kind: 'message', customer: who, text: pick(MESSAGES, n) };
      if (n === messages - 1) return [wrote];
      const task: Task =
        n % 2 === 0
          ? { customer: who, do: 'reply', text: 'It is on its way.' }
          : { customer: who, do: 'done' };
      return [wrote, { kind: 'task', task }];
    }),
  ];
  return spread(calls, others).flat();
}

/** How many customers still wait at the end, and how many do not any more. */
export function expectedTodos({ missed, messages, callbacks }: Volume) {
  const open = 2;
  return { open, closed: missed + messages + callbacks - open };
}

const FIRST = ['Camila', 'Rafael', 'Léa', 'Mateo', 'Nia', 'Hernán', 'Putri', 'Omar'];
const LAST = ['Souza', 'Nunes', 'Duarte', 'Ruiz', 'Alves', 'Wijaya'];
const NOTES = ['Cup arrived broken', 'Wants an invoice', 'Asked for Friday', 'Address corrected'];
const MESSAGES = ['Where is my order?', 'Can I change the address?', 'Are you open on Sunday?'];

function customer(n: number): Customer {
  const name = `${pick(FIRST, n)} ${pick(LAST, Math.floor(n / FIRST.length))}`;
  return { waId: `5511980${String(n * 1013).padStart(6, '0')}`, name };
}

function pick(from: readonly string[], n: number): string {
  return from[n % from.length] ?? '';
}

/** Whether `n` of `all` is one of `count` that are spread evenly. */
function isOneOf(n: number, count: number, all: number): boolean {
  const every = Math.floor(all / (count + 1));
  return every > 0 && (n + 1) % every === 0 && (n + 1) / every <= count;
}

/** The first list with the second spread over it. */
function spread<T>(first: readonly T[], second: readonly T[]): T[] {
  const every = first.length / (second.length + 1);
  return first.flatMap((one, n) => {
    const from = Math.floor(n / every);
    const to = Math.floor((n + 1) / every);
    return [one, ...second.slice(from, to)];
  });
}
