import path from 'node:path';
import process from 'node:process';
import * as z from 'zod';
import type { Bench } from './bench.ts';
import { measure, median } from './measure.ts';
import type { Row } from './table.ts';

const sheets = [
  { goals: 12_500, kind: 'plain' },
  { goals: 25_000, kind: 'plain' },
  { goals: 50_000, kind: 'plain' },
  { goals: 100_000, kind: 'plain' },
  // Five columns of the city's own, and two indicators for every goal: five times the cells.
  { goals: 100_000, kind: 'own' },
] as const;
const outputSchema = z.object({ seconds: z.number(), findings: z.int() });

/**
 * How long parsing and validation take for a sheet far bigger than any, with a defect in one row of a hundred, and whether
 * they grow with its rows only. Without the start of the process.
 */
export const findings: Bench = {
  name: 'findings',
  async run({ runs, tell }) {
    const rows: Row[] = [];
    for (const { goals, kind } of sheets) {
      tell(`findings: ${goals} goals, ${kind}`);
      const seconds: number[] = [];
      const peaks: number[] = [];
      let found = 0;
      for (let round = 0; round < runs; round += 1) {
        const program = path.join(import.meta.dirname, 'validate-rows.ts');
        const run = await measure({ program: process.execPath, args: [program, String(goals), kind] });
        const output = outputSchema.parse(JSON.parse(run.output));
        seconds.push(output.seconds);
        found = output.findings;
        if (run.peakBytes !== null) peaks.push(run.peakBytes);
      }
      const count = (number: number) => number.toLocaleString('en');
      rows.push({
        case: `validate ${count(goals)} goals${kind === 'own' ? ' of a city’s own kind' : ''}, ${count(found)} findings`,
        tool: 'Mokuhyo',
        seconds: median(seconds),
        runs,
        ratio: null,
        peakBytes: peaks.length === 0 ? null : median(peaks),
        written: null,
        writtenBytes: null,
        requests: null,
      });
    }
    return rows;
  },
};
