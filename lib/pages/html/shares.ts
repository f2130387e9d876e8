import type { StatusCode } from '../../goals/model/dataset.ts';

/**
 * Whether a goal in this status has a result, so that it counts in shares: the others are left out, and the page says so. A new status
 * does not compile until somebody has answered.
 */
export const countsInShares: Readonly<Record<StatusCode, boolean>> = {
  exceeded: true,
  achieved: true,
  partial: true,
  missed: true,
  'in-progress': true,
  'not-started': true,
  cancelled: false,
  'not-assessable': false,
  unrated: false,
};

export interface Shares {
  /** Digits after the point, the same for all. */
  readonly digits: 0 | 1;
  /** Percent of the sum, one for each count. */
  readonly percents: readonly number[];
  /** False where what is shown does not add up to 100, which readers are then told. No share is bent so that it does. */
  readonly addsUp: boolean;
}

/**
 * Counts as shares of their sum, rounded as everybody rounds. One decimal where whole numbers would not add up to 100, or would show
 * something as nothing, or a part as all.
 */
export function sharesOf(counts: readonly number[]): Shares {
  const whole = roundedShares(counts, 0);
  return whole.addsUp && whole.tellsApart ? whole : roundedShares(counts, 1);
}

function roundedShares(counts: readonly number[], digits: 0 | 1): Shares & { readonly tellsApart: boolean } {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const full = 100 * 10 ** digits;
  // In steps of the last digit, since sums of decimals are not exact.
  const steps = counts.map((count) => (all === 0 ? 0 : Math.round((count * full) / all)));
  return {
    digits,
    percents: steps.map((step) => step / 10 ** digits),
    addsUp: steps.reduce((sum, step) => sum + step, 0) === full,
    tellsApart: steps.every((step, index) => {
      const count = counts[index] ?? 0;
      return (step > 0 || count === 0) && (step < full || count === all);
    }),
  };
}
