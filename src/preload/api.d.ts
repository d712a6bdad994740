import type { Answered } from '../shared/ipc/errors.ts';
import type { AppEvent } from '../shared/ipc/events.ts';
import type { RouteInput, RouteName, RouteOutput } from '../shared/ipc/routes.ts';

/** What a window sees of main: `window.ringdesk`. */
export interface RingdeskApi {
  /** Sends a request to main. Never rejects because of main's answer: errors are part of it. */
  request<N extends RouteName>(name: N, input: RouteInput<N>): Promise<Answered<RouteOutput<N>>>;
  /** Calls `listener` for each event. The returned function unsubscribes. */
  onEvent(listener: (event: AppEvent) => void): () => void;
}

declare global {
  interface Window {
    readonly ringdesk: RingdeskApi;
  }
}
