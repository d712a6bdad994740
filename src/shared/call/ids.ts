/** Our id of a customer's call: the same on every console and in the relay, so that a claim names one call. */
export function inboundCallId(accountId: string, providerCallId: string): string {
  return `${accountId}/${providerCallId}`;
}

/** Our id of a call we place. `unique` is a UUID; the provider's id is not known yet. */
export function outboundCallId(unique: string): string {
  return `out/${unique}`;
}

/** What we attach to a call we place, so that its webhooks find it even before the provider's HTTP answer. */
export function callbackDataOf(callId: string): string {
  return `ringdesk:${callId}`;
}

/** The call that echoed callback data belongs to, if it is one of ours. */
export function callIdOfCallbackData(callbackData: string | undefined): string | undefined {
  return callbackData?.startsWith('ringdesk:out/')
    ? callbackData.slice('ringdesk:'.length)
    : undefined;
}

/** Where a first event belongs. */
export interface CallAddress {
  id: string;
  accountId: string;
}
