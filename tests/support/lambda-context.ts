import type { Context, SQSRecord } from 'aws-lambda';

/** What Lambda tells a function of its call. */
export function lambdaContext(timeLeft: () => number): Context {
  return {
    awsRequestId: 'request',
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'under-test',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:under-test',
    memoryLimitInMB: '512',
    logGroupName: '/aws/lambda/under-test',
    logStreamName: 'under-test',
    getRemainingTimeInMillis: timeLeft,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

/** A message as a queue's event source mapping hands it to a function. */
export function queuedMessage(queue: string, messageId: string, body: string, receiveCount = '1'): SQSRecord {
  return {
    messageId,
    body,
    receiptHandle: 'receipt',
    attributes: {
      ApproximateReceiveCount: receiveCount,
      SentTimestamp: '0',
      SenderId: 'sender',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
    awsRegion: 'us-east-1',
  };
}
