import type { Clock } from '../../lib/sources/google/clock.ts';

/** How time runs in a test: so many times as fast as it does, from one instant on. The same numbers make the same clock in every process. */
export interface Pacing {
  readonly factor: number;
  /** Epoch milliseconds of the machine, and of the clock, when it begins. */
  readonly began: number;
  readonly beganAs: number;
}

/** A clock that runs faster. How long a machine takes to answer is no part of it: watching over requests takes the machine's time. */
export class FastClock implements Clock {
  #pacing: Pacing;

  constructor(pacing: Pacing) {
    this.#pacing = pacing;
  }

  /** Goes on from another instant. */
  set(pacing: Pacing): void {
    this.#pacing = pacing;
  }

  now(): number {
    const { factor, began, beganAs } = this.#pacing;
    return beganAs + (Date.now() - began) * factor;
  }

  /** Milliseconds since the clock began. */
  get elapsed(): number {
    return this.now() - this.#pacing.beganAs;
  }

  async sleep(duration: number): Promise<void> {
    const until = this.now() + duration;
    while (this.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, (until - this.now()) / this.#pacing.factor)));
    }
  }

  alarm(duration: number, ring: () => void): () => void {
    const timer = setTimeout(ring, duration);
    return () => clearTimeout(timer);
  }

  /** Nothing to do: time goes on by itself. */
  advanceToNextAlarm(): void {}
}
