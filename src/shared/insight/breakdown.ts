import type { Dimension, Measure } from '../protocol/insight-question.ts';
import type { CountedCall, CountedPart } from './counted-call.ts';
import { addCounts, count, type Counts, noCounts } from './hours.ts';
import { LengthTally, type Lengths } from './lengths.ts';
import { keyOf, lengthOf, type TeamOf } from './slice.ts';

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
  readonly #teamOf: TeamOf;
  /** Calls that count in no group; for parts, whole calls. */
  readonly #rest = new GroupTally();
  readonly #groups = new Map<string, GroupTally>();

  constructor(dimension: Dimension, teamOf: TeamOf) {
    this.#dimension = dimension;
    this.#teamOf = teamOf;
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
      const name = dimension === 'agent' ? part.agent : this.#teamOf(part.agent);
      if (name === undefined) continue;
      const group = this.#group(name);
      const isSame = ({ agent }: CountedPart) =>
        (dimension === 'agent' ? agent : this.#teamOf(agent)) === name;
      if (parts.findIndex(isSame) === place) group.addCall(call);
      // The customer waited for whoever had the call first.
      if (place === 0) group.answer.add(call.answerSeconds);
      addPart(group, part);
    }
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
  readonly #counts = noCounts();
  readonly answer = new LengthTally();
  readonly talk = new LengthTally();
  readonly hold = new LengthTally();
  readonly wrapUp = new LengthTally();

  addCall(call: CountedCall): void {
    count(this.#counts, call);
  }

  addAll(other: GroupTally): void {
    addCounts(this.#counts, other.#counts);
    this.answer.addAll(other.answer);
    this.talk.addAll(other.talk);
    this.hold.addAll(other.hold);
    this.wrapUp.addAll(other.wrapUp);
  }

  result(key: string): Group {
    return {
      key,
      ...this.#counts,
      lengths: {
        answer: this.answer.result(),
        talk: this.talk.result(),
        hold: this.hold.result(),
        wrapUp: this.wrapUp.result(),
      },
    };
  }
}
