/** Days and times are written as this computer's people write them; in unit tests these are British. */
Object.defineProperty(globalThis.navigator, 'language', { value: 'en-GB', configurable: true });
