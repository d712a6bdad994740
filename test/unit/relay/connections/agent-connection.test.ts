import { describe, expect, it } from 'vitest';
import { AgentConnection } from '../../../../src/relay/connections/agent-connection.ts';
import { SharedFrame } from '../../../../src/relay/connections/shared-frame.ts';
import { PROTOCOL_VERSION } from '../../../../src/shared/protocol/versions.ts';

describe('a console whose agent loses a number', () => {
  it('is told that a ring is over which ended just before, as its end will not be sent', () => {
    const sent: unknown[] = [];
    const socket = {
      isOpen: true,
      isCongested: false,
      drained: async () => undefined,
      send: (frame: unknown) => sent.push(frame) > 0,
      write: () => undefined,
      refuse: () => undefined,
    };
    const audience = { key: 'all', agentId: 'ana', hears: () => true, hearsEntry: () => true };
    const connection = new AgentConnection(socket, { id: 'ana', name: 'Ana' }, 'available', {
      version: PROTOCOL_VERSION,
      from: 5,
      head: 5,
      rights: { role: 'agent', calls: 'all', numbers: [] },
      audience: () => audience,
    });
    const ring = (accountId: string) => ({
      callId: `${accountId}/1`,
      accountId,
      cursor: 5,
      agents: [],
      forSoleCandidate: undefined,
      forOthers: new SharedFrame({
        type: 'ringing',
        callId: `${accountId}/1`,
        agents: [],
        soleCandidate: false,
      }),
    });
    connection.showRinging([ring('sales'), ring('support')]);
    connection.showRinging([]);
    connection.forget((accountId) => accountId === 'support');
    const end = { type: 'ringing', callId: 'sales/1', agents: [], soleCandidate: false };
    expect(sent).toEqual([end]);
    connection.forget(() => false);
    expect(sent).toEqual([end, { ...end, callId: 'support/1' }]);
  });
});
