import type { Presence, Teammate } from '../../shared/protocol/frames.ts';
import type { RingerProblem } from '../../shared/protocol/ringer.ts';
import { takesTransfers } from '../access/access.ts';
import type { AgentRecord } from '../store/agent-store.ts';

/** Everything that presence is derived from, at one moment. */
interface TeamSnapshot {
  members: readonly AgentRecord[];
  /** The presence that each connected console reports, by agent id. */
  reported: ReadonlyMap<string, Presence>;
  /** Why consoles that are connected cannot ring, and who vanished, by agent id. */
  unreachable: ReadonlyMap<string, RingerProblem>;
  /** Agents whose console is at another node; that node derives their presence. */
  elsewhere?: ReadonlyMap<
    string,
    { presence: Presence; since: number; unreachable?: RingerProblem | undefined }
  >;
  now: number;
}

/** Everybody's presence. Derived if the relay knows better than the console; expires on its own. */
export class Team {
  #known: ReadonlyMap<string, Teammate> = new Map();
  #engaged: ReadonlySet<string> = new Set();
  /** Of these, who has talked in their call. */
  #talked: ReadonlySet<string> = new Set();
  #nextAt: number | undefined;

  /**
   * Sets which agents have a relayed call now, and who of them talks. Returns those who talked and
   * no longer have one: their wrap-up starts.
   */
  engage(engaged: ReadonlySet<string>, talking: ReadonlySet<string>): readonly string[] {
    const free = [...this.#talked].filter((id) => !engaged.has(id));
    this.#talked = new Set([...this.#talked, ...talking].filter((id) => engaged.has(id)));
    this.#engaged = engaged;
    return free;
  }

  /** Everybody as they are now; unchanged agents keep the same object. */
  update({ members, reported, unreachable, elsewhere, now }: TeamSnapshot): readonly Teammate[] {
    this.#nextAt = undefined;
    const teammates = members.map((member) => {
      const { id, name, role, team, calls, numbers } = member;
      const remote = reported.has(id) ? undefined : elsewhere?.get(id);
      const problem = remote ? remote.unreachable : unreachable.get(id);
      const said = remote?.presence ?? this.#presence(member, reported.get(id), now);
      // Whoever passes over those who are away passes over them.
      const presence = problem !== undefined && said === 'available' ? 'away' : said;
      const known = this.#known.get(id);
      const since = remote?.since ?? (known?.presence === presence ? known.since : now);
      const teammate: Teammate = {
        id,
        name,
        role,
        ...(team !== undefined && { team }),
        presence,
        since,
        ...(problem !== undefined && { unreachable: problem }),
        ...(presence === 'wrap-up' && !remote && endOf(member, now)),
        takesTransfers: takesTransfers({ calls }),
        ...(numbers !== 'all' && { numbers: [...numbers] }),
      };
      return known && isSame(known, teammate) ? known : teammate;
    });
    this.#known = new Map(teammates.map((teammate) => [teammate.id, teammate]));
    return teammates;
  }

  #presence(
    { id, wrapUpUntil }: AgentRecord,
    said: Presence | undefined,
    now: number,
  ): Teammate['presence'] {
    if (said === undefined) return 'offline';
    if (this.#engaged.has(id)) return 'on-call';
    if (wrapUpUntil === undefined || wrapUpUntil <= now) return said;
    this.#nextAt = Math.min(wrapUpUntil, this.#nextAt ?? wrapUpUntil);
    return said === 'available' ? 'wrap-up' : said;
  }

  /** When a presence next changes on its own, Unix ms. */
  get nextAt(): number | undefined {
    return this.#nextAt;
  }
}

/** When a wrap-up that the relay began ends; an agent may also wrap up by choice. */
const endOf = ({ wrapUpUntil }: AgentRecord, now: number): { until?: number } =>
  wrapUpUntil !== undefined && wrapUpUntil > now ? { until: wrapUpUntil } : {};

const isSame = (one: Teammate, other: Teammate): boolean =>
  one.presence === other.presence &&
  one.since === other.since &&
  one.until === other.until &&
  one.unreachable === other.unreachable &&
  one.name === other.name &&
  one.role === other.role &&
  one.team === other.team &&
  one.takesTransfers === other.takesTransfers &&
  String(one.numbers) === String(other.numbers);
