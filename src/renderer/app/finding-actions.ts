import type { Party } from '../../shared/providers/events.ts';
import type { NextAction } from '../../shared/rules/findings.ts';
import { act } from '../state/requests.ts';
import { showContact, showNumber, useUi } from '../state/ui.ts';

/** Runs the action of a finding's button. `about`: the number and person of the finding. */
export function followFinding(
  action: NextAction,
  about: { accountId: string; party: Party },
): void {
  switch (action) {
    case 'import-rate-card':
      void act('rate-card.import', {});
      return;
    case 'import-profile':
      void act('profile.import', {});
      return;
    case 'enable-calling':
    case 'correct-settings':
    case 'top-up':
    case 'read-provider-notice':
      return showNumber(about.accountId);
    case 'allow-calls':
      useUi.setState({ allowCalls: about.party });
      return;
    case 'send-template':
    case 'send-message':
      return showContact(about.party);
    case 'none':
    case 'wait':
    case 'call':
    case 'check-permission':
    case 'request-permission':
    case 'request-by-template':
    case 'wait-for-customer':
    case 'use-other-number':
    case 'raise-messaging-limit':
    case 'add-payment-method':
    case 'end-other-call':
    case 'ask-colleague':
      return;
  }
}
