import type { Clock } from './clock.ts';
import { type Fault, faultOf, NoAnswer, NoTurn } from './fault.ts';

/** How long one whole operation may take, whatever number of requests it needs. */
export interface TimeBudget {
  /** Epoch milliseconds after which no request is started and no wait begun. */
  readonly until: number;
}

export interface AttemptDeps {
  readonly clock: Clock;
  /** From 0 to below 1, for the jitter. */
  readonly random: () => number;
  readonly isApi: (url: string) => boolean;
  /** Told of every request that the service put off, with the milliseconds that are waited before it is sent again. */
  readonly onBusy?: (pause: number) => Promise<void>;
}

/** Waits within a piece of work for something other than an answer: the time that the work may take does not run meanwhile. */
export type Unhurried = <T>(wait: () => Promise<T>) => Promise<T>;

export type Attempted<T> =
  | { readonly ok: true; readonly value: T }
  /** `outOfTime`: it might have worked later, but the budget was spent. */
  | { readonly ok: false; readonly fault: Fault; readonly outOfTime: boolean };

/** Longest time that one piece of work may take. A large sheet is answered within seconds. */
const workTimeout = 20_000;
const longestPause = 32_000;

/**
 * Does a piece of work, mostly one request, until it succeeds, as Google asks for quotas counted by the minute: pauses of 1, 2, 4, … 32 seconds,
 * or as long as Retry-After says, and up to one more at random. Gives up at once where nothing gets better (`final`), and
 * where the next pause would end after the budget. Work that writes must be such that it can be done twice.
 */
export async function attempt<T>(
  work: (signal: AbortSignal, unhurried: Unhurried) => Promise<T>,
  budget: TimeBudget,
  deps: AttemptDeps,
): Promise<Attempted<T>> {
  const { clock, random } = deps;
  if (clock.now() >= budget.until) {
    return {
      ok: false,
      fault: { kind: 'broken', retryAfter: null, cause: new NoAnswer('no time left') },
      outOfTime: true,
    };
  }
  for (let tries = 0; ; tries += 1) {
    const fault = await once(work, budget, deps);
    if (fault.ok) return fault;
    const { fault: what } = fault;
    if (what.kind === 'final') return { ...fault, outOfTime: false };
    if (what.cause instanceof NoTurn) return { ...fault, outOfTime: true };
    const pause = (what.retryAfter ?? Math.min(2 ** tries * 1000, longestPause)) + random() * 1000;
    if (what.kind === 'busy') await deps.onBusy?.(pause);
    if (clock.now() + pause >= budget.until) return { ...fault, outOfTime: true };
    await clock.sleep(pause);
  }
}

async function once<T>(
  work: (signal: AbortSignal, unhurried: Unhurried) => Promise<T>,
  budget: TimeBudget,
  { clock, isApi }: AttemptDeps,
): Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault }> {
  const controller = new AbortController();
  let cancel = (): void => undefined;
  // The signal alone is not enough: a request for a token, which the client makes by itself, does not listen to it.
  const { promise: silence, reject } = Promise.withResolvers<never>();
  // Rejected after the work has ended, it would be nobody's.
  silence.catch(() => undefined);
  const watch = (): void => {
    cancel = clock.alarm(Math.max(0, Math.min(workTimeout, budget.until - clock.now())), () => {
      reject(new NoAnswer('no answer in time'));
      controller.abort();
    });
  };
  const unhurried: Unhurried = async (wait) => {
    cancel();
    try {
      return await wait();
    } finally {
      watch();
    }
  };
  watch();
  try {
    return { ok: true, value: await Promise.race([work(controller.signal, unhurried), silence]) };
  } catch (error) {
    return { ok: false, fault: faultOf(error, isApi, clock.now()) };
  } finally {
    cancel();
  }
}
