import { globSync, readFileSync } from 'node:fs';
import { type ESTree, parseSync, Visitor } from 'vite';
import { expect, it } from 'vitest';

/** The catalogues: every text that people read comes from there. */
const catalogue = /^src\/shared\/i18n\/(?:en|pt-BR|es|id|ar)\//;
/** Answers to programs, in the language of docs/local-api.md. */
const forPrograms = /^src\/main\/local-api\//;

/** Texts that people see in a window or a tooltip, or hear read out. */
const visibleAttributes =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|note|intro|text|blocked|hint|reason)$/;
/** The same for notifications, menus, dialogs and answers. */
const visibleFields =
  /^(title|subtitle|body|label|sublabel|message|detail|buttons|tooltip|toolTip|placeholder|checkboxLabel|buttonLabel)$/;
const visibleCalls =
  /^(showErrorBox|setToolTip|setTitle|toast|notOffered|NotOffered|RecordingFailure|Refusal|failed|notSupported|decline|sendError)$/;

it('keeps every visible string in a catalogue', () => {
  const files = globSync('src/{renderer,main,relay,shared}/**/*.{ts,tsx}')
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !catalogue.test(file) && !forPrograms.test(file));
  expect(files.length).toBeGreaterThan(200);
  expect(files.flatMap((file) => strays(file, readFileSync(file, 'utf8')))).toEqual([]);
});

it.each([
  ['text of an element', 'const a = <p>Hang up</p>;'],
  ['a string in an element', "const a = <p>{on ? 'Muted' : words.mute}</p>;"],
  ['an accessible name', 'const a = <p aria-label="Hang up" />;'],
  ['a name made of words', 'const a = <p title={`Call ${name}`} />;'],
  ['an answer', "const a = { code: 'busy', message: 'Another call is in progress.' };"],
  ['a menu', "const a = [{ label: 'Quit' }];"],
  ['a box', "dialog.showErrorBox('Ringdesk cannot start', why);"],
  ['a sentence', "const a = 'The relay did not answer';"],
])('finds %s outside the catalogues', (_, source) => {
  expect(strays('a.tsx', source)).toHaveLength(1);
});

it.each([
  'const a = <p className="big" role="alert">{words.hangUp}</p>;',
  "const a = <p title={kind === 'call' ? words.call : words.mute} />;",
  'const a = <time>{`${hours}:${minutes}`}</time>;',
  "throw new Error('A handler that nobody set');",
  "log.warn('Refused a request');",
])('ignores text that nobody reads: %s', (source) => {
  expect(strays('a.tsx', source)).toEqual([]);
});

/** `file:line text` of every string that a person may read. */
function strays(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found = new Map<number, string>();
  const add = ({ node, text }: Words) => {
    const line = source.slice(0, node.start).split('\n').length;
    found.set(node.start, `${file}:${line} ${text.trim()}`);
  };
  const addAll = (node: ESTree.Node | null) => wordsIn(node).forEach(add);
  // Nobody sees what a window throws or logs; a parser's objections go to the log.
  let unseen = 0;
  const isUnseen = (node: ESTree.CallExpression | ESTree.NewExpression) =>
    /^(Error|TypeError|addIssue|refine|warn|error|info|debug|log|assertNever)$/.test(
      nameOf(node.callee),
    );
  const calls = {
    enter: (node: ESTree.CallExpression | ESTree.NewExpression) => {
      if (isUnseen(node)) unseen++;
      else if (visibleCalls.test(nameOf(node.callee)))
        node.arguments.flatMap(wordsIn).filter(isNoCode).forEach(add);
    },
    exit: (node: ESTree.CallExpression | ESTree.NewExpression) => {
      if (isUnseen(node)) unseen--;
    },
  };
  const inWindows = file.endsWith('.tsx') || file.startsWith('src/renderer/');
  new Visitor({
    JSXElement: ({ children }) => children.forEach(addAll),
    JSXFragment: ({ children }) => children.forEach(addAll),
    JSXAttribute: ({ name, value }) => {
      if (name.type === 'JSXIdentifier' && visibleAttributes.test(name.name)) addAll(value);
    },
    Property: ({ key, value }) => {
      const isVisible = key.type === 'Identifier' && visibleFields.test(key.name);
      if (isVisible && unseen === 0) addAll(value);
    },
    CallExpression: calls.enter,
    'CallExpression:exit': calls.exit,
    NewExpression: calls.enter,
    'NewExpression:exit': calls.exit,
    Literal: (node) => {
      if (inWindows && unseen === 0 && typeof node.value === 'string' && isSentence(node.value))
        add({ node, text: node.value });
    },
  }).visit(program);
  return [...found.values()];
}

interface Words {
  node: ESTree.Node;
  text: string;
}

/**
 * The strings with letters that an expression may become; not those it compares, nor arguments of
 * functions.
 */
function wordsIn(node: ESTree.Node | null): Words[] {
  switch (node?.type) {
    case 'JSXText':
      return hasWord(node.value) ? [{ node, text: node.value }] : [];
    case 'Literal':
      return typeof node.value === 'string' && hasWord(node.value)
        ? [{ node, text: node.value }]
        : [];
    case 'TemplateLiteral': {
      const text = node.quasis.map(({ value }) => value.raw).join(' ');
      return [...(hasWord(text) ? [{ node, text }] : []), ...node.expressions.flatMap(wordsIn)];
    }
    case 'JSXExpressionContainer':
    case 'TSAsExpression':
    case 'ParenthesizedExpression':
      return wordsIn(node.expression);
    case 'ConditionalExpression':
      return [...wordsIn(node.consequent), ...wordsIn(node.alternate)];
    case 'LogicalExpression':
      return [...wordsIn(node.left), ...wordsIn(node.right)];
    case 'BinaryExpression':
      return node.operator === '+' ? [...wordsIn(node.left), ...wordsIn(node.right)] : [];
    case 'ArrayExpression':
      return node.elements.flatMap(wordsIn);
    default:
      return [];
  }
}

function nameOf(callee: ESTree.Node): string {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type !== 'MemberExpression') return '';
  return callee.property.type === 'Identifier' ? callee.property.name : '';
}

/** Codes and tones go beside the words of a call. */
const isNoCode = ({ text }: Words) => !/^[a-z\d-]+$/.test(text);
const hasWord = (text: string) => /\p{L}{2}/u.test(text);
const isSentence = (text: string) => /^\p{Lu}\p{Ll}*[ ’]\p{L}/u.test(text);
