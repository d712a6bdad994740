/** Where the simulator logs, one line per event. The default writes nothing. */
export type Log = (line: string) => void;

export const silentLog: Log = () => undefined;
