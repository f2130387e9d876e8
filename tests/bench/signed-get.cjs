const { createHash, createHmac } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { request } = require('node:http');

/**
 * The least that any program on Node could do to learn that nothing changed: read the workbook's bytes, and get one object from S3
 * by one request that is signed by hand (AWS Signature Version 4). No client, no parsing, no check of anything. It is the floor
 * under the time of an unchanged publish as a whole process.
 *
 * Arguments: the workbook, the address of the object. Keys and region by the environment, as the SDK has them.
 */
function getSigned([workbook, address]) {
  readFileSync(workbook);
  const { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret = '', AWS_REGION: region } = process.env;
  const { host, pathname } = new URL(address);
  const at = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = [at.slice(0, 8), region, 's3', 'aws4_request'];
  const content = sha256('');
  const signed = { host, 'x-amz-content-sha256': content, 'x-amz-date': at };
  const names = Object.keys(signed).join(';');
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const canonical = ['GET', pathname, '', lines.join(''), names, content].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', at, scope.join('/'), sha256(canonical)].join('\n');
  const signature = hmac(scope.reduce(hmac, `AWS4${secret}`), toSign).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${key}/${scope.join('/')}, SignedHeaders=${names}, Signature=${signature}`;
  request(address, { agent: false, headers: { ...signed, authorization } }, (response) => {
    if (response.statusCode !== 200) throw new Error(`${address}: ${response.statusCode}`);
    response.resume();
  }).end();
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

getSigned(process.argv.slice(2));
