import type { NatsConnection } from '@nats-io/transport-node';

/** Publishes a message, unless the connection closes: as a relay ends, its last streams still do. */
export function publish(connection: NatsConnection, subject: string, data: string | Buffer): void {
  if (connection.isDraining() || connection.isClosed()) return;
  connection.publish(subject, data);
}
