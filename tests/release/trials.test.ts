import { describe, expect, test } from 'vitest';
import { memoryStore } from '../../lib/stores/memory.ts';
import { type FaultName, faultBench, faults, meetFault, type StepName, steps } from '../support/single-faults.ts';
import { kinds, runTrial, trialOf } from '../support/trials.ts';

/** The long form of what is tried here, over a real server, is tests/bench/trials.ts. */
const trials = 40;
/** Of the requests of a run, each so-many-th meets a fault, another one for each fault. */
const stride = 13;

describe('two publishers, of which one is interrupted', () => {
  test.each(kinds)('%s: nothing is old after the next run, and each says what is true', async (kind) => {
    for (let number = 0; number < trials; number += 1) {
      const trial = trialOf(kind, number);
      const stores = { site: memoryStore('site'), state: memoryStore('state') };
      const { stale, lies, aba } = await runTrial(stores, trial);
      // What has its old content again has its old etag too: nothing but a look can tell.
      const atOnce = aba ? [] : stale.atOnce;
      expect({ atOnce, byDay: stale.byDay, byNight: stale.byNight, lies }, JSON.stringify(trial)).toEqual({
        atOnce: [],
        byDay: [],
        byNight: [],
        lies: [],
      });
    }
  });
});

describe('a single fault', () => {
  const stepNames = Object.keys(steps).filter((name): name is StepName => name in steps);
  const faultNames = Object.keys(faults).filter((name): name is FaultName => name in faults);

  test.each(stepNames)('at a request of %s: what is said is true, and the next run converges', async (step) => {
    await using bench = await faultBench(step);
    const { requests } = bench;
    for (const [index, fault] of faultNames.entries()) {
      for (let at = 1 + (index % stride); at <= requests; at += stride) {
        const { wrong, request, outcome } = await meetFault(bench, fault, at);
        expect(wrong, `${fault} at request ${at} of ${requests}, ${request}: ${outcome}`).toEqual([]);
      }
    }
  });
});
