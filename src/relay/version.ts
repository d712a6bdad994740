/** This relay's version; a test keeps it equal to the package's. A constant, so that it survives bundling. */
export const RELAY_VERSION = '0.1.0';
