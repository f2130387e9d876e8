import { errorCode } from '../../system-error.ts';
import { StoreError } from '../store.ts';

interface Sentence {
  readonly code: string;
  readonly message: (place: string) => string;
  readonly fix: string;
}

const noCredentials: Sentence = {
  code: 's3-no-credentials',
  message: (place) => `${place} を使うための認証情報が見つからないか、読めません。`,
  fix: 'AWS の認証情報（実行ロール、AWS_PROFILE、または AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY）を設定してください。',
};
const badCredentials: Sentence = {
  code: 's3-bad-credentials',
  message: (place) => `${place} の認証に失敗しました。認証情報が正しくないか、期限が切れています。`,
  fix: 'AWS の認証情報を設定し直してください。コンピューターの時計も確かめてください。',
};
const unreachable: Sentence = {
  code: 's3-unreachable',
  message: (place) => `${place} につながりませんでした。`,
  fix: 'ネットワークと、接続先（AWS_ENDPOINT_URL_S3、AWS_REGION）を確かめてから、もう一度実行してください。',
};
const overloaded: Sentence = {
  code: 's3-unavailable',
  message: (place) => `${place} が混み合っているか、一時的に応答できません。何度か試しましたが、書き込めませんでした。`,
  fix: 'しばらく待ってから、もう一度実行してください。',
};
const damaged: Sentence = {
  code: 's3-damaged',
  message: (place) => `${place} との通信の途中でデータが壊れました。`,
  fix: 'もう一度実行してください。続く場合は、ネットワークの管理者に相談してください。',
};
const wrongRegion: Sentence = {
  code: 's3-wrong-region',
  message: (place) => `${place} は、指定したリージョンにありません。`,
  fix: 'AWS_REGION に、バケットのあるリージョンを設定してください。',
};

const accessDenied: Sentence = {
  code: 's3-access-denied',
  message: (place) => `${place} を読み書きする権限がありません。`,
  fix: '実行に使うロールに、s3:GetObject、s3:PutObject、s3:DeleteObject（そのバケットのオブジェクト）と s3:ListBucket（そのバケット）を許可してください。',
};
const conditionUntrue: Sentence = {
  code: 's3-condition-untrue',
  message: (place) => `${place} は、条件を満たしている書き込みを、条件に合わないとして断りました。`,
  fix: 'しばらく待ってから、もう一度実行してください。続く場合は、保管場所の管理者に相談してください。',
};
const endpointInvalid: Sentence = {
  code: 's3-endpoint-invalid',
  message: () => 'S3の接続先（AWS_ENDPOINT_URL_S3 または AWS_ENDPOINT_URL）を、アドレスとして読み取れません。',
  fix: '「https://」で始まるアドレスを設定してください。Amazon S3 を使う場合は、設定は要りません。',
};
const regionInvalid: Sentence = {
  code: 's3-region-invalid',
  message: () => 'リージョン（AWS_REGION）として使えない値が設定されています。',
  fix: 'AWS_REGION に、バケットのあるリージョン（例: ap-northeast-1）を設定してください。',
};
const credentialsMalformed: Sentence = {
  code: 's3-credentials-malformed',
  message: () => 'AWS の認証情報に、改行など使えない文字が入っています。',
  fix: 'AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY、AWS_SESSION_TOKEN を、前後の改行や空白を除いて設定し直してください。',
};
const conditionsRefused: Sentence = {
  code: 'conditions-refused',
  message: (place) =>
    `${place} は、条件付きの書き込み（If-Match、If-None-Match）に対応していません。同時に実行されたときに記録が壊れるため、使えません。`,
  fix: '条件付きの書き込みに対応した保管場所（Amazon S3 など）を指定してください。',
};

/** A condition that holds was refused, in either form of an ETag. */
export class ConditionUntrue extends Error {
  override readonly name = 'ConditionUntrue';
}

/** Where S3 is to be is no address. Holds nothing of what was given. */
export class EndpointInvalid extends Error {
  override readonly name = 'EndpointInvalid';
}

/** By the name of the error, as the service or the SDK gives it. */
const byName: Readonly<Record<string, Sentence>> = {
  NoSuchBucket: {
    code: 's3-no-bucket',
    message: (place) => `バケットがありません（${place}）。`,
    fix: 'バケットの名前を確かめるか、バケットを作ってください。',
  },
  AccessDenied: accessDenied,
  InvalidAccessKeyId: badCredentials,
  SignatureDoesNotMatch: badCredentials,
  ExpiredToken: badCredentials,
  InvalidToken: badCredentials,
  RequestTimeTooSkewed: badCredentials,
  CredentialsProviderError: noCredentials,
  TokenProviderError: noCredentials,
  PermanentRedirect: wrongRegion,
  AuthorizationHeaderMalformed: wrongRegion,
  BadDigest: damaged,
  XAmzContentSHA256Mismatch: damaged,
  XAmzContentChecksumMismatch: damaged,
  TimeoutError: unreachable,
  SlowDown: overloaded,
  ServiceUnavailable: overloaded,
  InternalError: overloaded,
  RequestTimeout: overloaded,
  ConditionalRequestConflict: overloaded,
  OperationAborted: overloaded,
  NotImplemented: conditionsRefused,
  ConditionUntrue: conditionUntrue,
  EndpointInvalid: endpointInvalid,
  PreconditionFailed: conditionUntrue,
  AbortError: {
    code: 'interrupted',
    message: (place) => `時間切れのため、${place} への要求を取りやめました。`,
    fix: 'もう一度実行してください。続きから公開します。',
  },
};

/** By the code that the network gives. */
const networkCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EPIPE',
  'ENETUNREACH',
];

/**
 * Says in plain words what went wrong with S3. The service's own text is left out: it can hold the key id, and belongs
 * to the cause. Where a setting is no such thing as it should be, the SDK's text repeats it, which can be a secret: then there is no cause.
 *
 * @param place bucket and prefix
 */
export function s3StoreError(error: unknown, place: string): StoreError {
  const sentence = sentenceFor(error);
  const { code, message, fix } = sentence;
  const repeats = [endpointInvalid, regionInvalid, credentialsMalformed].includes(sentence);
  return new StoreError(code, message(place), fix, repeats ? {} : { cause: error });
}

function sentenceFor(error: unknown): Sentence {
  if (!(error instanceof Error)) throw error;
  const named = byName[error.name];
  if (named !== undefined) return named;
  if (error.message === 'Region is missing') {
    return {
      code: 's3-no-region',
      message: (place) => `${place} のあるリージョンが設定されていません。`,
      fix: 'AWS_REGION に、バケットのあるリージョン（例: ap-northeast-1）を設定してください。',
    };
  }
  if (error.message.startsWith('Region not accepted')) return regionInvalid;
  if (networkCodes.includes(errorCode(error) ?? '')) return unreachable;
  if (errorCode(error) === 'ERR_INVALID_URL' || error.message.startsWith('Invalid URL')) return endpointInvalid;
  if (['ERR_INVALID_CHAR', 'ERR_INVALID_HTTP_TOKEN'].includes(errorCode(error) ?? '')) return credentialsMalformed;
  // The SDK's own check of a body that it received has no name of its own.
  if (error.message.startsWith('Checksum mismatch')) return damaged;
  const status = httpStatus(error);
  if (status === 403) return accessDenied;
  if (status === 301) return wrongRegion;
  if (status === 501) return conditionsRefused;
  if (status !== null && status >= 500) return overloaded;
  if (status === null && error instanceof TypeError) throw error;
  return {
    code: 's3-failed',
    message: (place) => `${place} の読み書きに失敗しました（${error.name}${status === null ? '' : `、${status}`}）。`,
    fix: 'バケットの設定を確かめてから、もう一度実行してください。',
  };
}

/** The status of the answer that an error stands for, where there was one. */
export function httpStatus(error: unknown): number | null {
  if (!(error instanceof Error) || !('$metadata' in error)) return null;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
}
