/**
 * This relay's version. A test keeps it equal to the package's; it is a constant so that it
 * survives bundling.
 */
export const RELAY_VERSION = '0.1.0';
