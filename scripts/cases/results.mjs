import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../runtime/project.mjs';

/** @typedef {{ title: string, passed: boolean }} Result */

/** @returns {{ id: string, title: string }[]} every case of test/cases.json */
export function allCases() {
  const { groups } = JSON.parse(readFileSync(join(projectRoot, 'test/cases.json'), 'utf8'));
  return Object.values(groups).flatMap((group) =>
    Object.entries(group).map(([id, title]) => ({ id, title: String(title) })),
  );
}

/**
 * The tests that ran, from both runners' JSON reports. Skipped tests do not count.
 * @param {string[]} vitestReports @param {string} e2eReport @returns {Result[]}
 */
export function resultsOf(vitestReports, e2eReport) {
  return [
    ...vitestReports.flatMap((report) => vitestResults(read(report))),
    ...suiteResults(read(e2eReport)),
  ];
}

/** @param {string} file */
function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** @param {any} report @returns {Result[]} */
function vitestResults(report) {
  return (report.testResults ?? []).flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ title, status }) => ({ title, passed: status === 'passed' })),
  );
}

/** @param {any} suite @returns {Result[]} */
function suiteResults({ suites = [], specs = [] }) {
  return [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status !== 'skipped'))
      .map(({ title, ok }) => ({ title, passed: ok })),
    ...suites.flatMap(suiteResults),
  ];
}

/**
 * One line per case: its id, the result of its tests, its title.
 * @param {{ id: string, title: string }[]} cases
 * @param {Result[]} results
 */
export function tableOf(cases, results) {
  const lines = cases.map(({ id, title }) => {
    const tests = results.filter((result) => idsOf(result.title).includes(id));
    const failed = tests.filter(({ passed }) => !passed).length;
    const verdict = tests.length === 0 ? 'MISSING' : failed > 0 ? 'RED' : 'ok';
    return { id, title, tests: tests.length, verdict };
  });
  const text = lines
    .map(
      ({ id, verdict, tests, title }) =>
        `${id.padEnd(6)} ${verdict.padEnd(8)} ${String(tests).padStart(3)} ${tests === 1 ? 'test ' : 'tests'}  ${title}`,
    )
    .join('\n');
  const right = lines.filter(({ verdict }) => verdict === 'ok').length;
  return {
    ok: right === lines.length,
    text: `${text}\n\n${right} of ${lines.length} cases are right`,
  };
}

/**
 * The ids that a test's title begins with: "S1 S2 a damaged history is salvaged" is about two
 * cases.
 * @param {string} title
 */
export function idsOf(title) {
  return /^(?:[A-Z]\d*\*?\s+)+/.exec(title)?.[0].trim().split(/\s+/) ?? [];
}
