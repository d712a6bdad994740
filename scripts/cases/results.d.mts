export interface Result {
  readonly title: string;
  readonly passed: boolean;
}
export function allCases(): { readonly id: string; readonly title: string }[];
export function resultsOf(vitestReports: readonly string[], e2eReport: string): Result[];
export function tableOf(
  cases: readonly { readonly id: string; readonly title: string }[],
  results: readonly Result[],
): { readonly text: string; readonly ok: boolean };
export function idsOf(title: string): string[];
