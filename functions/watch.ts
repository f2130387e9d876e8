import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** What a function says of itself: one structured line for each step, and figures, both by way of its log. */
export interface Watch {
  readonly logger: Logger;
  /** Writes the figures as one line of CloudWatch's embedded format. */
  measure(figures: Readonly<Record<string, number>>): void;
}

let watch: Watch | null = null;

/**
 * The same one as long as this instance of the function lives: so the logger knows a cold start.
 *
 * @param stage of the deployment, so that an alarm of one stage hears nothing of another
 */
export function watchOf(stage: string): Watch {
  watch ??= newWatch(stage);
  return watch;
}

function newWatch(stage: string): Watch {
  const logger = new Logger({ serviceName: 'mokuhyo', logLevel: 'INFO', persistentKeys: { stage } });
  const metrics = new Metrics({ serviceName: 'mokuhyo', namespace: 'Mokuhyo', defaultDimensions: { stage } });
  return {
    logger,
    measure(figures) {
      for (const [name, value] of Object.entries(figures)) metrics.addMetric(name, MetricUnit.NoUnit, value);
      metrics.publishStoredMetrics();
    },
  };
}
