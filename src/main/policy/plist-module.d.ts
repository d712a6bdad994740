/** The part of `plist` that we use; it brings no types. */
declare module 'plist' {
  const plist: { parse(xml: string): unknown };
  export default plist;
}
