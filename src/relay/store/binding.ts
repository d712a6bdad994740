/**
 * Path of better-sqlite3's compiled addon: as given, else from `RINGDESK_SQLITE_BINDING`, else
 * undefined for its own. Electron 33 and Node 20 need one built for them.
 */
export function sqliteBinding(given?: string): string | undefined {
  const path = given ?? process.env['RINGDESK_SQLITE_BINDING'];
  return path === '' ? undefined : path;
}
