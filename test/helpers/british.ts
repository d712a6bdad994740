/** Dates and times follow the computer's language; in unit tests that is British English. */
Object.defineProperty(globalThis.navigator, 'language', { value: 'en-GB', configurable: true });
