import { expect, it } from 'vitest';
import {
  mayCall,
  mayRequestPermission,
  maySendFreeForm,
} from '../../../../src/shared/rules/verdicts.ts';
import { answer, facts, START } from './rule-facts.ts';

it('who is marked “do not call” is neither called nor asked, but may be written to', () => {
  const customer = { number: '525512345678', doNotCall: { at: START, by: 'Ana' } };
  const marked = { ...facts(), customer };
  expect(mayCall(marked, START).allowed).toBe(false);
  expect(mayCall(marked, START).findings[0]).toMatchObject({
    code: 'do-not-call',
    values: { by: 'Ana', markedAt: START },
    next: 'allow-calls',
  });
  const asked = { ...facts({ permission: answer({ status: 'none' }) }), customer };
  expect(mayRequestPermission(asked, START).findings[0]?.code).toBe('do-not-call');
  expect(maySendFreeForm(marked, START).findings.map(({ code }) => code)).not.toContain(
    'do-not-call',
  );
  const because = { ...customer, doNotCall: { at: START, by: 'Ana', reason: 'asked by mail' } };
  expect(mayCall({ ...marked, customer: because }, START).findings[0]).toMatchObject({
    code: 'do-not-call-because',
    values: { reason: 'asked by mail' },
  });
});
