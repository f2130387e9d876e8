/** What serverless.yml takes from the program itself, so that neither can say something else than the other. */
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { contentSecurityPolicy } = require('../lib/pages/content-security-policy.ts');

module.exports = {
  contentSecurityPolicy,
  permissionsPolicy: ['camera', 'geolocation', 'microphone', 'payment', 'usb'].map((name) => `${name}=()`).join(', '),
  viewerRequest: readFileSync(path.join(__dirname, 'viewer-request.js'), 'utf8'),
};
