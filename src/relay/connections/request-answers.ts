import type { Clock } from '../../shared/lib/clock.ts';
import type { AdminRequest } from '../../shared/protocol/agent-admin.ts';
import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import type { Access } from '../access/access.ts';
import { readErasures } from '../agents/erasures.ts';
import type {
  BoardFrame,
  DialFrame,
  InsightFrame,
  Outcome,
  Request,
  TeamCallsFrame,
} from '../outcome.ts';
import type { Log } from '../log.ts';
import { readLegalHolds, writeLegalHold } from '../recordings/legal-holds.ts';
import type { Member } from '../store/agent-store.ts';
import type { Store } from '../store/store.ts';
import type { AgentConnection } from './agent-connection.ts';
import { readNotes, type ReportFrame } from './message-log.ts';
import { readPeople, type DescribedFrame, type PeopleFrame } from './people-requests.ts';
import type { TeamMessages } from './team-messages.ts';
import { readTodos, type TodoFrame } from './todo-requests.ts';

/** A frame that wants an answer. */
type RequestFrame = Exclude<FromConsole, { type: 'hello' | 'ack' | 'presence' | 'ringer' }>;

/** Who decides about requests that concern calls, or write to the log. */
export interface RequestCoordinator {
  handleRequest(connection: AgentConnection, request: Request): Promise<Outcome>;
  handleReport(connection: AgentConnection, frame: ReportFrame): Promise<Outcome>;
  handleDescribed(connection: AgentConnection, frame: DescribedFrame): Promise<Outcome>;
  handlePeople(connection: AgentConnection, frame: PeopleFrame): Promise<Outcome>;
  handleTodo(connection: AgentConnection, frame: TodoFrame): Promise<Outcome>;
  handleDial(connection: AgentConnection, frame: DialFrame): Promise<Outcome>;
  notifyNewEntries(): void;
}

/** Where answers come from. */
export interface AnswerPorts {
  store: Store;
  clock: Clock;
  log: Log;
  access: Access;
  coordinator: RequestCoordinator;
  administration: {
    handle(admin: () => Member | undefined, request: AdminRequest): Promise<Outcome>;
  };
  teamMessages: Pick<TeamMessages, 'tell' | 'read'>;
  /** What supervisors are told about the team's calls. */
  reports: {
    board(member: Member | undefined, frame: BoardFrame): Promise<Outcome>;
    calls(member: Member | undefined, frame: TeamCallsFrame): Promise<Outcome>;
    insight(member: Member | undefined, frame: InsightFrame): Promise<Outcome>;
  };
  /** What is known of the relay's clock, and of the webhooks of the agent's numbers. */
  checks: (member: Member | undefined) => Promise<Outcome>;
  /** Sends the agent back what they say. */
  echo: (agentId: string, offerSdp: string) => Promise<Outcome>;
  /** The agent as they are now; undefined if they may no longer connect. */
  memberOf: (agentId: string) => Member | undefined;
}

const isDecidedBeside: Readonly<Record<RequestFrame['type'], boolean>> = {
  reserve: false,
  release: false,
  decline: false,
  claim: true,
  leg: true,
  place: true,
  'hang-up': true,
  hold: true,
  resume: true,
  transfer: true,
  'transfer-to-team': true,
  'transfer-cancel': true,
  'transfer-complete': true,
  record: true,
  supervise: true,
  'take-over': true,
  stream: true,
  // It may ask a provider for the time.
  checks: true,
  // It may ask a STUN server for the relay's address.
  echo: true,
  // The first answer after a start may take a while.
  board: true,
  'team-calls': true,
  insight: true,
  sent: false,
  noted: false,
  placed: false,
  measured: false,
  described: false,
  people: false,
  'known-people': false,
  notes: false,
  todo: false,
  todos: false,
  tell: false,
  'told-read': false,
  erasures: false,
  'legal-hold': false,
  'legal-holds': false,
  admin: false,
  dial: false,
};

/**
 * Whether a request runs concurrently with others, because it may wait for the provider or the
 * media while the agent changes their mind.
 */
export const runsBeside = (type: RequestFrame['type']): boolean => isDecidedBeside[type];

/** Answers the requests of one console, by the rights that its agent has at that moment. */
export class RequestAnswers {
  readonly #ports: AnswerPorts;
  readonly #agentId: string;

  constructor(ports: AnswerPorts, agentId: string) {
    this.#ports = ports;
    this.#agentId = agentId;
  }

  /** The answer to a request. */
  to(connection: AgentConnection, frame: RequestFrame): Promise<Outcome> {
    const { coordinator, administration, reports, teamMessages, checks, echo } = this.#ports;
    const member = () => this.#ports.memberOf(this.#agentId);
    switch (frame.type) {
      case 'checks':
        return checks(member());
      case 'echo':
        return echo(this.#agentId, frame.sdp);
      case 'sent':
      case 'noted':
      case 'placed':
      case 'measured':
        return coordinator.handleReport(connection, frame);
      case 'described':
        return coordinator.handleDescribed(connection, frame);
      case 'people':
        return coordinator.handlePeople(connection, frame);
      case 'known-people':
        return readPeople(this.#ports, member(), frame);
      case 'notes':
        return readNotes(this.#ports, member(), frame.before);
      case 'todo':
        return coordinator.handleTodo(connection, frame);
      case 'todos':
        return readTodos(this.#ports, member(), frame);
      case 'tell':
        return teamMessages.tell(member(), frame);
      case 'told-read':
        return teamMessages.read(member(), frame);
      case 'board':
        return reports.board(member(), frame);
      case 'team-calls':
        return reports.calls(member(), frame);
      case 'insight':
        return reports.insight(member(), frame);
      case 'erasures':
        return readErasures(this.#ports, member(), frame.after);
      case 'legal-hold':
        return writeLegalHold(this.#ports, member(), frame, this.#ports.clock.now()).finally(() =>
          coordinator.notifyNewEntries(),
        );
      case 'legal-holds':
        return readLegalHolds(this.#ports, member());
      case 'admin':
        return administration.handle(member, frame.request);
      case 'dial':
        return coordinator.handleDial(connection, frame);
      default:
        return coordinator.handleRequest(connection, frame);
    }
  }
}
