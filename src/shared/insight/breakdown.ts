import type { Dimension, Measure } from '../protocol/insight-question.ts';
import { type CountedCall, type CountedPart, fateOf, fates } from './counted-call.ts';
import type { DayColumns } from './day-columns.ts';
import { countFate, type Counts, noCounts } from './hours.ts';
import { LengthTally, type Lengths } from './lengths.ts';
import { type AgentNames, keyOf, lengthOf } from './slice.ts';

type MeasuredLengths = { [M in Measure]?: Lengths | undefined };

/** What one agent, number, … has of the calls. */
export interface Group extends Counts {
  /** An id, name, outcome or ISO country; a country that is not known is empty. */
  key: string;
  lengths: MeasuredLengths;
}

export interface BreakdownFigures {
  all: Group;
  /** The most calls first. */
  groups: readonly Group[];
}

/** Calls divided by one dimension. In those of agents and teams each has its own part of a call. */
export class BreakdownTally {
  readonly #dimension: Dimension;
  readonly #names: AgentNames;
  /** Calls that count in no group; for parts, whole calls. */
  readonly #rest = new GroupTally();
  readonly #groups = new Map<string, GroupTally>();

  constructor(dimension: Dimension, names: AgentNames) {
    this.#dimension = dimension;
    this.#names = names;
  }

  add(call: CountedCall): void {
    const dimension = this.#dimension;
    const isOfParts = dimension === 'agent' || dimension === 'team';
    const key = isOfParts ? undefined : keyOf(call, dimension);
    const group = key === undefined ? this.#rest : this.#group(key);
    group.addCall(call);
    addLengths(group, call);
    if (isOfParts) this.#addParts(call, dimension);
  }

  addDay(day: DayColumns, counted: Uint8Array | undefined): void {
    const dimension = this.#dimension;
    const isOfParts = dimension === 'agent' || dimension === 'team';
    const codeOf = columnOf(day, dimension);
    const groups: (GroupTally | undefined)[] = [];
    for (let n = 0; n < day.calls; n++) {
      if (counted !== undefined && counted[n] === 0) continue;
      const code = codeOf(n);
      const group = (groups[code] ??= this.#groupOfCode(day, code));
      group.addColumns(day, n);
      if (isOfParts && group !== this.#rest) this.#rest.addColumns(day, n);
    }
  }

  #groupOfCode(day: DayColumns, code: number): GroupTally {
    const dimension = this.#dimension;
    const name = day.name(dimension === 'team' ? 'agent' : dimension, code);
    const isOfParts = dimension === 'agent' || dimension === 'team';
    const key = isOfParts && name !== undefined ? this.#keyOf(name, dimension) : name;
    return key === undefined ? this.#rest : this.#group(key);
  }

  result(): BreakdownFigures {
    const groups = [...this.#groups].map(([key, tally]) => tally.result(key));
    const size = ({ received, placed }: Group) => received + placed;
    const all = new GroupTally();
    all.addAll(this.#rest);
    // Parts are in their calls already.
    const isOfParts = this.#dimension === 'agent' || this.#dimension === 'team';
    if (!isOfParts) for (const tally of this.#groups.values()) all.addAll(tally);
    return {
      all: all.result(''),
      groups: groups.sort((a, b) => size(b) - size(a) || (a.key < b.key ? -1 : 1)),
    };
  }

  #addParts(call: CountedCall, dimension: 'agent' | 'team'): void {
    const { parts } = call;
    for (const [place, part] of parts.entries()) {
      const name = this.#keyOf(part.agent, dimension);
      if (name === undefined) continue;
      const group = this.#group(name);
      const isSame = ({ agent }: CountedPart) => this.#keyOf(agent, dimension) === name;
      if (parts.findIndex(isSame) === place) group.addCall(call);
      // The customer waited for whoever had the call first.
      if (place === 0) group.answer.add(call.answerSeconds);
      addPart(group, part);
    }
  }

  #keyOf(agent: string, dimension: 'agent' | 'team'): string | undefined {
    const { nameOf, teamOf } = this.#names;
    return dimension === 'agent' ? nameOf(agent) : teamOf(agent);
  }

  #group(key: string): GroupTally {
    let group = this.#groups.get(key);
    if (!group) {
      group = new GroupTally();
      this.#groups.set(key, group);
    }
    return group;
  }
}

/** A team is known by its agents. */
function columnOf(day: DayColumns, dimension: Dimension): (n: number) => number {
  switch (dimension) {
    case 'number':
      return (n) => day.account(n);
    case 'agent':
    case 'team':
      return (n) => day.agent(n);
    case 'outcome':
      return (n) => day.outcome(n);
    case 'country':
      return (n) => day.country(n);
    case 'disposition':
      return (n) => day.disposition(n);
    default:
      return dimension satisfies never;
  }
}

/** Those of the whole call, all agents together. */
function addLengths(group: GroupTally, call: CountedCall): void {
  group.answer.add(call.answerSeconds);
  const [only] = call.parts;
  // Most calls have one part, and there are many calls.
  if (only && call.parts.length === 1) return addPart(group, only);
  group.talk.add(lengthOf(call, 'talk'));
  group.hold.add(lengthOf(call, 'hold'));
  group.wrapUp.add(lengthOf(call, 'wrapUp'));
}

function addPart(group: GroupTally, part: CountedPart): void {
  group.talk.add(part.talkSeconds);
  group.hold.add(part.holdSeconds);
  group.wrapUp.add(part.wrapUpSeconds);
}

class GroupTally {
  /** By fate. */
  readonly #calls = fates.map(() => 0);
  readonly answer = new LengthTally();
  readonly talk = new LengthTally();
  readonly hold = new LengthTally();
  readonly wrapUp = new LengthTally();

  addCall(call: CountedCall): void {
    const fate = fateOf(call);
    this.#calls[fate] = (this.#calls[fate] ?? 0) + 1;
  }

  /** A call with its lengths. Calls in columns have one part at most. */
  addColumns(day: DayColumns, n: number): void {
    const fate = day.fate(n);
    this.#calls[fate] = (this.#calls[fate] ?? 0) + 1;
    this.answer.addColumn(day.answer(n));
    this.talk.addColumn(day.talk(n));
    this.hold.addColumn(day.hold(n));
    this.wrapUp.addColumn(day.wrapUp(n));
  }

  addAll(other: GroupTally): void {
    for (const [fate, calls] of other.#calls.entries()) {
      this.#calls[fate] = (this.#calls[fate] ?? 0) + calls;
    }
    this.answer.addAll(other.answer);
    this.talk.addAll(other.talk);
    this.hold.addAll(other.hold);
    this.wrapUp.addAll(other.wrapUp);
  }

  result(key: string): Group {
    const counts = noCounts();
    for (const [fate, calls] of this.#calls.entries()) countFate(counts, fate, calls);
    return {
      key,
      ...counts,
      lengths: {
        answer: this.answer.result(),
        talk: this.talk.result(),
        hold: this.hold.result(),
        wrapUp: this.wrapUp.result(),
      },
    };
  }
}
