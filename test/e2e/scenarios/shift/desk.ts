import type { Locator } from '@playwright/test';
import type { ConsoleApp } from '../../harness/console-app.ts';
import { openTransfer } from '../../harness/team.ts';
import type { PlannedCall, Task } from './script.ts';

/** What an agent asks of the shift. */
export interface Desks {
  /** The call of this customer, if somebody is to take it; by the name on the card. */
  callOf: (name: string) => PlannedCall | undefined;
  /** Somebody talks. @returns whether nobody did before: a transferred call is only talked about. */
  begin: (call: PlannedCall) => boolean;
  nextTask: () => Task | undefined;
  /** Something is to be done later. */
  addTask: (task: Task) => void;
  isOver: () => boolean;
  say: (line: string) => void;
}

/** How often an idle agent looks up, in ms. */
const LOOK_MS = 300;
/** Longer than anything takes at a busy desk, in ms. */
const SOON_MS = 10_000;
/** Longer than a call is offered to others, in ms. */
const OFFERED_MS = 45_000;
/** How often an agent offers a call to the team. */
const MOST_TRIES = 6;
/** The team that takes transferred calls. */
export const TEAM = 'Returns';

/** An agent at a console, who presses what a person would press. */
export class Desk {
  readonly app: ConsoleApp;
  readonly #name: string;
  readonly #desks: Desks;
  isBusy = false;
  /** How many calls teammates took over from here. */
  transferred = 0;

  constructor(name: string, app: ConsoleApp, desks: Desks) {
    this.#name = name;
    this.app = app;
    this.#desks = desks;
  }

  /** Works until the shift is over. */
  async work(): Promise<void> {
    while (!this.#desks.isOver()) {
      const rings = await appears(this.#button('Accept'), LOOK_MS);
      this.isBusy = true;
      // Nothing rings here until the wrap-up ends, whenever it begins.
      const ready = this.#button('Ready').first();
      if (await ready.isVisible()) await press(ready);
      // On a busy machine a call may connect after this agent stopped waiting for it.
      if (await this.#button('Hang up').first().isVisible()) await this.#goOn();
      else if (rings) await this.#answer();
      else {
        const task = this.#desks.nextTask();
        if (task && !(await this.#do(task))) this.#desks.addTask(task);
      }
      this.isBusy = false;
    }
  }

  /** Takes the call that rings, unless it is one that nobody takes, or a teammate is faster. */
  async #answer(): Promise<void> {
    const { window } = this.app;
    const cards = window.getByRole('article', { name: /^Incoming call: / });
    const name = await labelOf(cards.filter({ has: this.#button('Accept') }).first());
    if (!this.#desks.callOf(name)) return;
    // This card alone: when it goes, one that nobody is to take may stand in its place.
    const card = window.getByRole('article', { name, exact: true });
    const accept = card.getByRole('button', { name: 'Accept', exact: true });
    if (await press(accept)) await this.#goOn();
  }

  /** Talks, once the call is connected. */
  async #goOn(): Promise<void> {
    if (!(await this.#isOnCall())) return;
    const call = this.#desks.callOf(await labelOf(this.#card));
    if (!call || !this.#desks.begin(call)) {
      this.#desks.say(`${this.#name} takes over.`);
      return this.#hangUp();
    }
    this.#desks.say(`${this.#name} talks with ${call.customer.name}.`);
    await this.#talk(call);
  }

  async #talk({ customer, talkMs, note, promises, transfers }: PlannedCall): Promise<void> {
    const { window } = this.app;
    const until = Date.now() + talkMs;
    if (note !== undefined) {
      await window.getByRole('textbox', { name: 'Note', exact: true }).fill(note);
      await window.getByText('Saved', { exact: true }).waitFor();
    }
    if (promises) {
      // Due at once, so that the call is part of the shift.
      await window.getByLabel('Call back at').fill('2026-01-02T15:00');
      this.#desks.addTask({ customer, do: 'call back' });
    }
    await window.waitForTimeout(Math.max(0, until - Date.now()));
    // Nobody takes it while everybody in the team is busy.
    const tries = transfers ? MOST_TRIES : 0;
    for (let n = 0; n < tries; n++) {
      if (await this.#transfer()) return;
      await window.waitForTimeout(LOOK_MS * 10);
    }
    await this.#hangUp();
  }

  /** Whether somebody took the call; else it is here again. */
  async #transfer(): Promise<boolean> {
    const { window } = this.app;
    await openTransfer(window);
    const dialog = window.getByRole('dialog').filter({ has: this.#button('Transfer') });
    const send = dialog.getByRole('button', { name: 'Transfer', exact: true });
    const option = window.getByRole('option', { name: TEAM }).first();
    // Neither can be pressed while nobody in the team is free.
    if (!(await press(option)) || !(await press(send))) {
      while (await send.isVisible()) await window.keyboard.press('Escape');
      return false;
    }
    this.#desks.say(`${this.#name} transfers the call to ${TEAM}.`);
    // Offered until somebody accepts, or nobody did.
    const cancel = this.#button('Cancel transfer');
    await appears(cancel, SOON_MS);
    await disappears(cancel, OFFERED_MS);
    if (await appears(this.#card.getByText('On call', { exact: true }), LOOK_MS * 3)) {
      this.#desks.say(`Nobody in ${TEAM} takes it.`);
      return false;
    }
    this.transferred++;
    return true;
  }

  async #hangUp(): Promise<void> {
    const hangUp = this.#button('Hang up');
    // A button that has just moved ignores a press; an agent would press again.
    while (await hangUp.isVisible()) {
      await press(hangUp);
      await disappears(hangUp, LOOK_MS * 10);
    }
  }

  /** @returns whether it is done; else somebody tries again */
  async #do(task: Task): Promise<boolean> {
    if (await this.#isDone(task)) return true;
    const { window } = this.app;
    const { name } = task.customer;
    const row = window
      .getByRole('list', { name: 'Waiting customers' })
      .getByRole('listitem')
      .filter({ hasText: name });
    const button = row.getByRole('button', { name });
    await press(button);
    const contact = window.getByRole('article', { name: 'Contact' }).getByText(name);
    // They do not wait here yet, or a call came between and opened its pane.
    if (!(await appears(contact.first(), LOOK_MS * 10))) return false;
    if (!(await works(button.focus({ timeout: SOON_MS })))) return false;
    this.#desks.say(`${this.#name}: ${task.do}, ${name}.`);
    switch (task.do) {
      case 'call back':
        await window.keyboard.press('c');
        // Not while a call rings that came between.
        if (!(await this.#isOnCall())) return false;
        await this.#hangUp();
        break;
      case 'reply':
        await window.keyboard.press('r');
        // The keyboard alone would write wherever the focus is by then.
        if (!(await this.#write(task.text))) return false;
        break;
      case 'done':
        await window.keyboard.press('e');
        break;
      case 'snooze':
        await window.keyboard.press('s');
        if (!(await press(this.#button('In 1 hour')))) return false;
        break;
    }
    // Beside a call a row keeps its place.
    const waits = row.filter({ hasNotText: 'No longer waiting' });
    await disappears(waits, SOON_MS);
    return this.#isDone(task);
  }

  /** Writes to the customer whose row is selected. */
  async #write(text: string): Promise<boolean> {
    const field = this.app.window.getByRole('textbox', { name: 'Write a message' });
    if (!(await works(field.fill(text, { timeout: SOON_MS })))) return false;
    return works(field.press('Enter', { timeout: SOON_MS }));
  }

  /** Whether somebody took care of the customer, by what this console knows. */
  #isDone(task: Task): Promise<boolean> {
    return this.app.window.evaluate(
      async ({ waId, isSnooze }) => {
        const [open, over] = await Promise.all([
          window.ringdesk.request('todo.list', {}),
          window.ringdesk.request('todo.recent', {}),
        ]);
        if (!open.ok || !over.ok) return false;
        const row = open.value.find(({ customer }) => customer === waId);
        if (isSnooze) return row?.items.some(({ snoozedUntil }) => snoozedUntil) === true;
        return !row && over.value.some(({ customer }) => customer === waId);
      },
      { waId: task.customer.waId, isSnooze: task.do === 'snooze' },
    );
  }

  /** The call in which this agent is. */
  get #card(): Locator {
    const cards = this.app.window.getByRole('article', { name: /^Call: / });
    return cards.filter({ has: this.#button('Hang up') });
  }

  /** Whether this agent and a customer are connected, now or soon. */
  async #isOnCall(): Promise<boolean> {
    if (!(await appears(this.#button('Hang up'), SOON_MS))) return false;
    return appears(this.#card.getByText('On call', { exact: true }), SOON_MS);
  }

  #button(name: string): Locator {
    return this.app.window.getByRole('button', { name, exact: true });
  }
}

/** A card's name, which has the customer's in it. */
const labelOf = async (card: Locator): Promise<string> =>
  (await card.getAttribute('aria-label', { timeout: LOOK_MS * 3 }).catch(() => null)) ?? '';

/** Whether it appears within this time, ms. */
const appears = (what: Locator, timeout: number): Promise<boolean> =>
  works(what.waitFor({ timeout }));

const disappears = (what: Locator, timeout: number): Promise<boolean> =>
  works(what.waitFor({ state: 'detached', timeout }));

/** Whether it could be pressed: it may be gone by then. */
const press = (button: Locator): Promise<boolean> => works(button.click({ timeout: 3000 }));

const works = (action: Promise<unknown>): Promise<boolean> =>
  action.then(
    () => true,
    () => false,
  );
