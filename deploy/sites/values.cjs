/** What serverless-sites.yml takes from the program itself and from its own parameter `hosts`. */
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { hostsOf } = require('../parameters.ts');

const code = (...names) => readFileSync(path.join(__dirname, ...names), 'utf8');

/** The function of one city becomes a part of that of many: CloudFront calls only one, `handler`. */
function viewerRequest(hosts) {
  const page = code('..', 'viewer-request.js').replace('function handler(event)', 'function page(event)');
  return `const hosts = ${JSON.stringify(hosts)};\n${page}\n${code('viewer-request.js')}`;
}

const hostsIn = async ({ resolveVariable }) => hostsOf(await resolveVariable('param:hosts'));

module.exports = {
  /** Kept apart for the tests. */
  viewerRequestFor: viewerRequest,
  viewerRequest: async (framework) => viewerRequest(await hostsIn(framework)),
  /** Every host name that the distribution answers to: that of the deployment, and those of the cities. */
  aliases: async (framework) => {
    const domain = await framework.resolveVariable('param:domain');
    return [domain, ...Object.keys(await hostsIn(framework))].filter((name) => name !== '');
  },
};
