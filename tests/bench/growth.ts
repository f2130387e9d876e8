import path from 'node:path';
import process from 'node:process';
import * as z from 'zod';
import { everyCity } from './cities.ts';
import { measure } from './measure.ts';

/**
 * Whether the cost grows with the work and no faster: fails where the exponent between 200 and 1,741 cities is above 1.1.
 *
 * What is compared is processor time that the processes themselves took, in user mode, after a warm-up and without files: it does not count
 * waiting for a busy machine. What noise is left only ever adds, so the least of several runs in turns is the truest; and a
 * measurement that fails is repeated before it is believed.
 */
const limit = 1.1;
const small = 200;
const rounds = 3;
const mostRounds = 9;

const outputSchema = z.object({ seconds: z.number(), departments: z.int(), files: z.int(), bytes: z.int() });
type Output = z.infer<typeof outputSchema>;

async function run(cities: number): Promise<Output> {
  const program = path.join(import.meta.dirname, 'process-cities.ts');
  const { output } = await measure({ program: process.execPath, args: [program, String(cities)] });
  return outputSchema.parse(JSON.parse(output));
}

let [least, most] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
for (let round = 1; round <= mostRounds; round += 1) {
  const [few, all] = [await run(small), await run(everyCity)];
  least = Math.min(least, few.seconds);
  most = Math.min(most, all.seconds);
  const exponent = Math.log(most / least) / Math.log(all.departments / few.departments);
  process.stdout.write(
    `${few.departments} departments ${least.toFixed(2)} s, ${all.departments} departments ${most.toFixed(2)} s: exponent ${exponent.toFixed(3)}\n`,
  );
  if (round >= rounds && exponent <= limit) process.exit(0);
}
process.stderr.write(`The cost grows faster than the work: the exponent is above ${limit}.\n`);
process.exit(1);
