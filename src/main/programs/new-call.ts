import { isEngaging } from '../../shared/call/model.ts';
import { isCalling } from '../../shared/call/view.ts';
import { t } from '../../shared/i18n/i18n.ts';
import type { AppEvent } from '../../shared/ipc/events.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { NewCallFilled, NoNumber } from '../../shared/ipc/programs.ts';
import { dialCountry, parsePhone } from '../../shared/lib/phone.ts';
import { lastThree } from '../../shared/lib/redact.ts';
import { isDialLink, parseDialLink } from '../../shared/links/dial-link.ts';
import { senderNamed } from '../../shared/links/sender.ts';
import type { Log } from '../log.ts';
import type { SelectedText } from './selected-text.ts';

/** A longer selection is a document, not a number with a few words around it. */
const LONGEST_SELECTION = 2_000;

export interface NewCallPorts {
  window: {
    show: () => void;
    send: (event: AppEvent) => void;
    state: { visible: boolean; focused: boolean };
  };
  snapshot: () => Pick<Snapshot, 'calls' | 'accounts' | 'settings'>;
  selected: SelectedText;
  /** Shows a notification. */
  say: (what: { title: string; body: string }) => Promise<boolean>;
  log: Log;
}

type Filled = Omit<NewCallFilled, 'isQuiet'>;

/**
 * Fills New call for other programs: a link, the selected number, the local API. Nothing is ever
 * dialled here. While a call rings or is on, the window is neither raised nor turned to New call.
 */
export class NewCall {
  readonly #ports: NewCallPorts;
  /** The page listens. */
  #isReady = false;
  #waiting: AppEvent | undefined;

  constructor(ports: NewCallPorts) {
    this.#ports = ports;
  }

  /** A link that the system opens here. */
  openLink(link: string): void {
    const read = parseDialLink(link);
    if (!read.ok) {
      this.#ports.log.info(`link: refused, ${read.error}`);
      this.#refuse(read.error);
      if (!this.#isBusy()) this.#ports.window.show();
      return;
    }
    const { number, from, extension } = read.value;
    this.#ports.log.info(`link: to ${lastThree(number)}`);
    this.prepare({ number, extension, ...this.#senderOf(from) });
  }

  /** The agent pressed the key for the selected number. */
  readonly takeSelection = async (): Promise<void> => {
    const { selected, snapshot, log } = this.#ports;
    const text = (await selected.read()).slice(0, LONGEST_SELECTION).trim();
    log.info(`selection: ${text.length} characters`);
    if (text === '') {
      this.#refuseAloud(selected.isCopied ? 'nothing-copied' : 'nothing-selected');
    } else if (isDialLink(text)) {
      const read = parseDialLink(text);
      if (read.ok) this.prepare({ ...read.value, ...this.#senderOf(read.value.from) });
      else this.#refuseAloud(read.error);
    } else {
      const { accounts, settings } = snapshot();
      const parsed = parsePhone(text, dialCountry(accounts[0], settings));
      if (!parsed.ok) return this.#refuseAloud('none-in-selection');
      const { number, hint } = parsed.value;
      this.prepare({ number: number.e164, several: hint === 'first-of-several' });
    }
  };

  /** Puts a number into New call, and shows it unless a call would be disturbed. */
  prepare({ number, accountId, unknownFrom, extension, several }: Filled): void {
    const isQuiet = this.#isBusy();
    if (!isQuiet) this.#ports.window.show();
    const filled = { number, accountId, unknownFrom, extension, several, isQuiet };
    this.#send({ type: 'new-call', filled });
  }

  /** The page listens from now on. */
  handleReady(): void {
    this.#isReady = true;
    const event = this.#waiting;
    this.#waiting = undefined;
    if (event) this.#send(event);
  }

  /** The page is gone; the next one will say that it is ready. */
  handleGone(): void {
    this.#isReady = false;
  }

  #isBusy(): boolean {
    return this.#ports
      .snapshot()
      .calls.some((call) => isCalling(call) || isEngaging(call.phase.name));
  }

  /** Our number that a link names, by its id or by the number itself. */
  #senderOf(from: string | undefined): Pick<Filled, 'accountId' | 'unknownFrom'> {
    if (from === undefined) return {};
    const { accounts } = this.#ports.snapshot();
    const found = senderNamed(from, accounts);
    // Before the workspace is open, nobody knows.
    if (accounts.length === 0) return { accountId: from };
    return found ? { accountId: found.id } : { unknownFrom: from };
  }

  #refuse(why: NoNumber): void {
    this.#send({ type: 'no-number', why });
  }

  /** Outside the window, too: the agent is in another program. */
  #refuseAloud(why: NoNumber): void {
    const { window, say } = this.#ports;
    this.#refuse(why);
    if (window.state.visible && window.state.focused) return;
    void say({ title: t('links.nothingFilled'), body: t(`links.problems.${why}`) });
  }

  #send(event: AppEvent): void {
    if (this.#isReady) this.#ports.window.send(event);
    else this.#waiting = event;
  }
}
