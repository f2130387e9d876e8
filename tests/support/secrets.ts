/** Secrets as people paste them where something else belongs: a key for a path, a password in an address, a line end in a key. */
export const secret = 'c2VjcmV0LWtleS1vZi1hLWNpdHk';

const keyFile = JSON.stringify({
  type: 'service_account',
  client_email: 'robot@project.example',
  private_key: `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\n`,
});

export const secretValues: readonly string[] = [
  keyFile,
  secret,
  `${secret}\n`,
  `https://user:${secret}@127.0.0.1:1/`,
  `http://user:${secret}@127.0.0.1:1/`,
  `s3://user:${secret}@bucket/x`,
  `arn:aws:sns:us-east-1:000000000000:${secret}`,
];

/** Every variable of the contract, and those of the AWS SDK that people set by hand. */
export const secretVariables: readonly string[] = [
  'SPREADSHEET_ID',
  'SITE_BUCKET',
  'STATE_BUCKET',
  'SITE_PREFIX',
  'SITE_URL',
  'STAFF_TOPIC_ARN',
  'REMINDER_DAYS',
  'REMINDER_SENDER',
  'REMINDER_WEBHOOK_PARAMETER',
  'STAGE',
  'PREVIEW_BUCKET',
  'SITES',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'GOOGLE_CREDENTIALS_PARAMETER',
  'GOOGLE_API_ROOT',
  'AWS_ENDPOINT_URL_S3',
  'AWS_ENDPOINT_URL_SNS',
  'AWS_ENDPOINT_URL_SSM',
  'AWS_ENDPOINT_URL_SESV2',
  'AWS_REGION',
  'AWS_PROFILE',
  'AWS_CONFIG_FILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
];

/** An environment in which nothing is reached: no network, no file of the person at the machine. */
export const nothingReached = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_MAX_ATTEMPTS: '1',
  AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
  AWS_ENDPOINT_URL_SNS: 'http://127.0.0.1:1',
  AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:1',
  AWS_ENDPOINT_URL_SESV2: 'http://127.0.0.1:1',
  AWS_EC2_METADATA_DISABLED: 'true',
};
