import { randomUUID } from 'node:crypto';
import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { RateLimits } from '../../shared/lib/rate-limits.ts';
import type { Access } from '../access/access.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { Member } from '../store/agent-store.ts';
import type { Store } from '../store/store.ts';

type TellFrame = Extract<FromConsole, { type: 'tell' }>;
type ReadFrame = Extract<FromConsole, { type: 'told-read' }>;

/** Messages of one agent: ten at once, then one in five seconds. */
const TELLING = { burst: 10, perSecond: 0.2 };

interface Ports {
  store: Store;
  access: Access;
  clock: Clock;
  /** Everybody who may connect. */
  members: () => readonly Member[];
  notifyNewEntries: () => void;
}

/**
 * Short messages among teammates. They are entries of the log that only sender and recipients receive, so they wait
 * for whoever is offline, as long as the log is kept.
 */
export class TeamMessages {
  readonly #ports: Ports;
  readonly #telling: RateLimits;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#telling = new RateLimits(TELLING, ports.clock);
  }

  /** Refused with `unauthorized`, `unknown-teammate`, `unknown-team`, `role` (a team, by others than supervisors), `too-many-messages`. */
  async tell(member: Member | undefined, frame: TellFrame): Promise<Outcome> {
    if (!member) return refused('unauthorized');
    const { access, members, store, clock, notifyNewEntries } = this.#ports;
    const isTeam = frame.to.kind === 'team';
    const others = members().filter(
      (one) => one.id !== member.id && access.seesTeammate(member, one),
    );
    const { name } = frame.to;
    const to = others.filter((one) => (isTeam ? one.team === name : one.id === name));
    const [first] = to;
    if (!first) return refused(isTeam ? 'unknown-team' : 'unknown-teammate');
    if (isTeam && !access.mayTellTeams(member)) return refused('role');
    if (!this.#telling.take(member.id)) return refused('too-many-messages');
    await store.appendMessage(
      {
        type: 'told',
        messageId: randomUUID(),
        workspace: member.workspace,
        from: { id: member.id, name: member.name },
        to: to.map(({ id }) => id),
        toName: isTeam ? name : first.name,
        team: isTeam,
        text: frame.text,
      },
      clock.now(),
    );
    notifyNewEntries();
    return { kind: 'granted' };
  }

  /** Tells the senders. Refused with `unauthorized`. */
  async read(member: Member | undefined, { messages }: ReadFrame): Promise<Outcome> {
    if (!member) return refused('unauthorized');
    const { access, members, store, clock, notifyNewEntries } = this.#ports;
    const senders = new Set(messages.map(({ from }) => from));
    const to = members().filter((one) => senders.has(one.id) && access.seesTeammate(member, one));
    if (to.length === 0) return { kind: 'granted' };
    await store.appendMessage(
      {
        type: 'told-read',
        workspace: member.workspace,
        by: { id: member.id, name: member.name },
        to: to.map(({ id }) => id),
        messageIds: messages.map(({ id }) => id),
      },
      clock.now(),
    );
    notifyNewEntries();
    return { kind: 'granted' };
  }
}
