/**
 * The room `doctor` knows what a sheet at Google and a deployment at AWS must be like, and checks it from where it runs; it writes
 * nothing. It may import `text`, `workbook`, `staff`, `sources`, `stores`. Begin with check-sheet.ts and check-deployment.ts;
 * lib/cli/commands/doctor.ts shows the results.
 */

/** What one check found. */
export interface CheckResult {
  /** A stable English slug. */
  readonly check: string;
  /** `attention`: it works, and something should be done; `wrong`: it does not work. */
  readonly verdict: 'good' | 'attention' | 'wrong';
  readonly message: string;
  /** The next step, in plain Japanese; null where there is none to take. */
  readonly fix: string | null;
}

export const good = (check: string, message: string): CheckResult => ({ check, verdict: 'good', message, fix: null });

export const attention = (check: string, message: string, fix: string): CheckResult => ({
  check,
  verdict: 'attention',
  message,
  fix,
});

export const wrong = (check: string, message: string, fix: string): CheckResult => ({
  check,
  verdict: 'wrong',
  message,
  fix,
});
