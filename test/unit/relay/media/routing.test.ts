import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legsOf, plan, type Routing, without } from '../../../../src/relay/media/routing.ts';

const customer = { side: 'customer' };
const agent = (leg: string) => ({ side: 'agent', leg });

const supervisor = fc.option(
  fc.record({ leg: fc.constant('sam'), mode: fc.constantFrom('listen' as const, 'whisper') }),
  { nil: undefined },
);
const routings: fc.Arbitrary<Routing> = fc.oneof(
  fc.record({ kind: fc.constant('on-hold' as const), playing: fc.constantFrom('hold' as const) }),
  supervisor.map((sam) => ({
    kind: 'talking' as const,
    agent: 'ana',
    ...(sam ? { supervisors: [sam] } : {}),
  })),
  supervisor.map((sam) => ({
    kind: 'consulting' as const,
    agent: 'ana',
    teammate: 'ben',
    ...(sam ? { supervisors: [sam] } : {}),
  })),
);

describe('routing', () => {
  it('connects customer and agent', () => {
    const { customer: hears, agents } = plan({ kind: 'talking', agent: 'ana' });
    expect(hears).toEqual({ from: 'agent', leg: 'ana', isGone: false });
    expect([...agents]).toEqual([['ana', [customer, undefined]]]);
  });

  it('detects a silent agent sooner when their console is gone', () => {
    const { customer: hears } = plan({ kind: 'talking', agent: 'ana', isConsoleGone: true });
    expect(hears).toEqual({ from: 'agent', leg: 'ana', isGone: true });
  });

  it('keeps the customer on hold while two agents consult', () => {
    const { customer: hears, agents } = plan({
      kind: 'consulting',
      agent: 'ana',
      teammate: 'ben',
    });
    expect(hears).toEqual({ from: 'us', playing: 'hold' });
    expect(agents.get('ana')).toEqual([agent('ben'), undefined]);
    expect(agents.get('ben')).toEqual([agent('ana'), undefined]);
  });

  it('lets a supervisor hear both, and whisper to the agent only', () => {
    const listening = plan({
      kind: 'talking',
      agent: 'ana',
      supervisors: [{ leg: 'sam', mode: 'listen' }],
    });
    expect(listening.agents.get('sam')).toEqual([customer, agent('ana')]);
    expect(listening.agents.get('ana')).toEqual([customer, undefined]);
    const whispering = plan({
      kind: 'talking',
      agent: 'ana',
      supervisors: [{ leg: 'sam', mode: 'whisper' }],
    });
    expect(whispering.agents.get('ana')).toEqual([customer, agent('sam')]);
    expect(whispering.customer).toMatchObject({ from: 'agent', leg: 'ana' });
  });

  it('lets any number of supervisors listen, and one of them whisper', () => {
    const { agents, customer: hears } = plan({
      kind: 'talking',
      agent: 'ana',
      supervisors: [
        { leg: 'sam', mode: 'listen' },
        { leg: 'kim', mode: 'whisper' },
      ],
    });
    expect(agents.get('sam')).toEqual([customer, agent('ana')]);
    expect(agents.get('kim')).toEqual([customer, agent('ana')]);
    expect(agents.get('ana')).toEqual([customer, agent('kim')]);
    expect(hears).toMatchObject({ from: 'agent', leg: 'ana' });
  });

  it('lets one of them speak to both', () => {
    const routing: Routing = {
      kind: 'talking',
      agent: 'ana',
      supervisors: [
        { leg: 'sam', mode: 'listen' },
        { leg: 'kim', mode: 'barge' },
      ],
    };
    const { agents, customer: hears } = plan(routing);
    expect(hears).toEqual({ from: 'mix', legs: ['ana', 'kim'] });
    expect(agents.get('ana')).toEqual([customer, agent('kim')]);
    expect(agents.get('kim')).toEqual([customer, agent('ana')]);
    expect(agents.get('sam')).toEqual([customer, { side: 'mix' }]);
    expect(without(routing, 'ana')).toEqual({
      kind: 'talking',
      agent: 'kim',
      supervisors: [{ leg: 'sam', mode: 'listen' }],
    });
    const consulting = plan({ ...routing, kind: 'consulting', teammate: 'ben' });
    expect(consulting.customer).toEqual({ from: 'us', playing: 'hold' });
    expect(consulting.agents.get('ben')).toEqual([agent('ana'), agent('kim')]);
    expect(consulting.agents.get('sam')).toEqual([agent('ben'), agent('ana')]);
  });

  it('never sends the audio of a supervisor who does not speak to both to the customer, nor anybody their own', () => {
    fc.assert(
      fc.property(routings, (routing) => {
        const { customer: hears, agents } = plan(routing);
        expect(hears).not.toMatchObject({ leg: 'sam' });
        for (const [leg, voices] of agents) {
          for (const voice of voices) expect(voice).not.toEqual(agent(leg));
        }
        expect([...agents.keys()].sort()).toEqual([...legsOf(routing)].sort());
      }),
    );
  });

  it('plays hold music when a talking leg is gone, and drops a supervisor silently', () => {
    const sam = { leg: 'sam', mode: 'whisper' } as const;
    const talking: Routing = { kind: 'talking', agent: 'ana', supervisors: [sam] };
    expect(without(talking, 'sam')).toEqual({ kind: 'talking', agent: 'ana', supervisors: [] });
    expect(without(talking, 'ana')).toEqual({ kind: 'on-hold', playing: 'hold' });
    const consulting: Routing = { kind: 'consulting', agent: 'ana', teammate: 'ben' };
    expect(without(consulting, 'ben')).toEqual({ kind: 'on-hold', playing: 'hold' });
    expect(without(consulting, 'zoe')).toBe(consulting);
  });
});
