import type { CountedCall } from './counted-call.ts';
import { count, type Counts, noCounts } from './hours.ts';
import { LengthTally, type Lengths } from './lengths.ts';
import type { Dimension, Measure } from './question.ts';
import { keysOf, lengthOf, type TeamOf } from './slice.ts';

export type MeasuredLengths = { [M in Measure]?: Lengths | undefined };

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
  readonly #all = new GroupTally();
  readonly #groups = new Map<string, GroupTally>();

  constructor(dimension: Dimension, teamOf: TeamOf) {
    this.#dimension = dimension;
    this.#teamOf = teamOf;
  }

  add(call: CountedCall): void {
    this.#all.addWhole(call);
    if (this.#dimension === 'agent' || this.#dimension === 'team') this.#addParts(call);
    else
      for (const key of keysOf(call, this.#dimension, this.#teamOf))
        this.#group(key).addWhole(call);
  }

  result(): BreakdownFigures {
    const groups = [...this.#groups].map(([key, tally]) => tally.result(key));
    const size = ({ received, placed }: Group) => received + placed;
    return {
      all: this.#all.result(''),
      groups: groups.sort((a, b) => size(b) - size(a) || (a.key < b.key ? -1 : 1)),
    };
  }

  #addParts(call: CountedCall): void {
    const key = (agent: string) => (this.#dimension === 'agent' ? agent : this.#teamOf(agent));
    const counted = new Set<string>();
    for (const [place, part] of call.parts.entries()) {
      const name = key(part.agent);
      if (name === undefined) continue;
      const group = this.#group(name);
      if (!counted.has(name)) group.addCall(call);
      counted.add(name);
      // The customer waited for whoever had the call first.
      if (place === 0) group.addLength('answer', call.answerSeconds);
      group.addLength('talk', part.talkSeconds);
      group.addLength('hold', part.holdSeconds);
      group.addLength('wrapUp', part.wrapUpSeconds);
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

class GroupTally {
  readonly #counts = noCounts();
  readonly #lengths = {
    answer: new LengthTally(),
    talk: new LengthTally(),
    hold: new LengthTally(),
    wrapUp: new LengthTally(),
  };

  addCall(call: CountedCall): void {
    count(this.#counts, call);
  }

  addLength(measure: Measure, seconds: number | undefined): void {
    this.#lengths[measure].add(seconds);
  }

  addWhole(call: CountedCall): void {
    this.addCall(call);
    this.#lengths.answer.add(call.answerSeconds);
    this.#lengths.talk.add(lengthOf(call, 'talk'));
    this.#lengths.hold.add(lengthOf(call, 'hold'));
    this.#lengths.wrapUp.add(lengthOf(call, 'wrapUp'));
  }

  result(key: string): Group {
    const { answer, talk, hold, wrapUp } = this.#lengths;
    return {
      key,
      ...this.#counts,
      lengths: {
        answer: answer.result(),
        talk: talk.result(),
        hold: hold.result(),
        wrapUp: wrapUp.result(),
      },
    };
  }
}
