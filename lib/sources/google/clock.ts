/** Time as the retries see it, so that tests can run minutes of waiting in an instant. All times are in milliseconds. */
export interface Clock {
  /** Since the epoch. */
  now(): number;
  /** Resolves after that time, during which nothing else is waited for. */
  sleep(duration: number): Promise<void>;
  /** Calls `ring` after that time unless the returned function was called before. Watches over a request. */
  alarm(duration: number, ring: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (duration) => new Promise((resolve) => setTimeout(resolve, duration)),
  alarm: (duration, ring) => {
    const timer = setTimeout(ring, duration);
    return () => clearTimeout(timer);
  },
};
