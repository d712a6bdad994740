const USAGE = `Usage: relay --config FILE                              serve
       relay agent add --config FILE --id ana --name Ana   add an agent, print their token once
           [--role agent|supervisor|admin] [--team NAME] [--calls all|no-transfers|outbound-only|none]
           [--workspace ID] [--numbers all|ID,ID…]
       relay agent update --config FILE --id ana           change what an agent may do
           [--role agent|supervisor|admin] [--team NAME] [--calls all|no-transfers|outbound-only|none]
           [--workspace ID] [--numbers all|ID,ID…]
       relay agent import --config FILE --file agents.csv  add all agents of a CSV file, or none; the columns are
           [--tokens FILE]                                 id, name, role, team, calls, numbers, workspace
       relay agent rotate --config FILE --id ana           give an agent a new token, print it once
       relay agent remove --config FILE --id ana           remove an agent
       relay agent list --config FILE                      list the agents
       relay invite --config FILE --id ana --name Ana      add an agent or take one that is there, print a link and
           [--role agent|supervisor|admin] [--team NAME]   a code with which one console becomes theirs, once. It
           [--calls all|no-transfers|outbound-only|none]   can be used for so many days, and leads to the config's
           [--workspace ID] [--numbers all|ID,ID…]         publicUrl unless another address of the relay is given
           [--days 7] [--relay wss://…]
       relay invite --config FILE --list                   list the invitations
       relay invite --config FILE --revoke INVITATION      take one back before it is used
       relay epoch renew --config FILE                     after restoring a backup of the data folder
       relay doctor --config FILE [--json]                 look at everything that a relay needs
       relay tail --config FILE [--after CURSOR]           print what comes into the log, redacted
       relay export --config FILE [--since T] [--until T]  print the log as it is; T like 2026-11-29T08:00Z
       relay replay --config FILE [--since T] [--until T]  send the relay its stored webhooks once more
       relay webhooks list --config FILE                   what other systems were told, newest first
       relay webhooks failed --config FILE                 the same, as far as it was not taken
       relay webhooks resend --config FILE --id ID         send one again
       relay webhooks on --config FILE --id WEBHOOK        after it was switched off, because it was gone
       relay backup --config FILE --to FILE                copy the store while the relay runs
       relay restore --config FILE --from FILE             put a copy in the place of the store
       relay store copy --from FILE --to FILE              copy everything, from the store that one config
                                                           names into the empty one that another names`;

const LINES = USAGE.replace('Usage:', '      ').split('\n');
/** The lines of each command, which begin with its name and its options. */
const COMMANDS = LINES.flatMap((line, index) => {
  const name = nameOf(line);
  if (name === undefined) return [];
  const next = LINES.findIndex((other, at) => at > index && nameOf(other) !== undefined);
  return [{ name, lines: LINES.slice(index, next === -1 ? undefined : next) }];
});

/** E.g. `agent add`; empty for `relay` alone. Undefined: the line goes on about the command before. */
function nameOf(line: string): string | undefined {
  return /^ {7}relay((?: [a-z]+)*) --/.exec(line)?.[1]?.trim();
}

/**
 * How a command is used, or those that begin with its words; all of them if there is none.
 *
 * @param words as they were typed, e.g. `agent` or `invite`
 */
export function usageOf(words: string): string {
  const found = COMMANDS.filter(
    ({ name }) => words !== '' && (name === words || name.startsWith(`${words} `)),
  );
  if (found.length === 0) return USAGE;
  const text = found.flatMap(({ lines }) => lines).join('\n');
  return text.replace('      ', 'Usage:');
}

/** The options of a command, without the dashes; undefined if there is no such command. */
export function optionsOf(command: string): ReadonlySet<string> | undefined {
  const found = COMMANDS.filter(({ name }) => name === command);
  if (found.length === 0) return undefined;
  const named = found.flatMap(({ lines }) => lines.join(' ').match(/(?<=--)[a-z]+/g) ?? []);
  return new Set(named);
}
