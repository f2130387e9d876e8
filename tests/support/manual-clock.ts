import type { Clock } from '../../lib/release/clock.ts';

/** A clock that moves only when somebody waits on it, or moves it. */
export interface ManualClock extends Clock {
  advance(milliseconds: number): void;
}

export function manualClock(wall = Date.parse('2025-04-01T00:00:00Z')): ManualClock {
  let elapsed = 0;
  return {
    elapsed: () => elapsed,
    wall: () => wall + elapsed,
    sleep: async (milliseconds) => {
      elapsed += milliseconds;
    },
    advance: (milliseconds) => {
      elapsed += milliseconds;
    },
  };
}
