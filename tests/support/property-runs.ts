import process from 'node:process';

const factor = Number(process.env['FUZZ_FACTOR'] ?? 1);
const seed = process.env['FUZZ_SEED'];

/**
 * How a property is asked: with so many random inputs, or FUZZ_FACTOR times as many (`npm run fuzz`), from the seed
 * FUZZ_SEED where one is to be seen again.
 */
export function runs(usual: number): { readonly numRuns: number; readonly seed?: number } {
  return { numRuns: Math.ceil(usual * factor), ...(seed === undefined ? {} : { seed: Number(seed) }) };
}
