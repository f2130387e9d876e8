import { setTimeout as sleep } from 'node:timers/promises';

/** Time as a release needs it, so that a test can hold it still. */
export interface Clock {
  /** Milliseconds since any fixed moment; never set back, and goes on while the wall clock is put right. */
  elapsed(): number;
  /** The wall clock, in milliseconds since 1970. It is compared with other machines' only with a wide margin. */
  wall(): number;
  /** Waits; ends early, without an error, when the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  elapsed: () => performance.now(),
  wall: () => Date.now(),
  async sleep(milliseconds, signal) {
    try {
      await sleep(milliseconds, undefined, { signal });
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
  },
};
