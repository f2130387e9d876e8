import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { validate } from '../../lib/goals/validate.ts';
import { parseWorkbook } from '../../lib/workbook/parse.ts';
import { bigWorkbook } from './big-workbook.ts';

/** A process of its own for each size, so that its peak memory is that size's. Prints how long the work itself took. */
const workbook = bigWorkbook(Number(process.argv[2]), { isOwnKind: process.argv[3] === 'own' });
const started = performance.now();
const { rows } = parseWorkbook(workbook);
if (rows === null) throw new Error('The sheet of the bench cannot be read.');
const { findings } = validate(rows, new Date('2025-04-01T00:00:00Z'));
const seconds = (performance.now() - started) / 1_000;
process.stdout.write(JSON.stringify({ seconds, findings: findings.length }));
