/** The only two IPC channels: requests from a window, events to it. */
export const REQUEST_CHANNEL = 'ringdesk:request';
export const EVENT_CHANNEL = 'ringdesk:event';
