/**
 * Runs at CloudFront before its cache (runtime cloudfront-js-2.0). A bucket's REST endpoint knows objects, not folders: here a
 * folder becomes its `index.html`, and a page has one address only.
 *
 * - `/2024/` is `/2024/index.html`
 * - what a browser asks before it reads the open data from another site's page (OPTIONS) is allowed: S3 would refuse it
 * - `/2024` and `/2024/index.html` lead to `/2024/`, with the query kept
 */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  const request = event.request;
  if (request.method === 'OPTIONS') return preflight;
  // A path that begins with two slashes would be taken for another host when it is sent back as an address.
  const path = request.uri.replace(/^[/\\]+/, '/');
  const page = path.slice(path.lastIndexOf('/') + 1);
  if (page === 'index.html') return redirect(path.slice(0, -page.length), request.querystring);
  if (page !== '' && !page.includes('.')) return redirect(`${path}/`, request.querystring);
  request.uri = page === '' ? `${path}index.html` : path;
  return request;
}

const preflight = {
  statusCode: 204,
  statusDescription: 'No Content',
  headers: {
    'access-control-allow-origin': { value: '*' },
    'access-control-allow-methods': { value: 'GET, HEAD' },
    'access-control-allow-headers': { value: '*' },
    'access-control-max-age': { value: '86400' },
  },
};

function redirect(path, querystring) {
  return {
    statusCode: 301,
    statusDescription: 'Moved Permanently',
    headers: {
      location: { value: path + queryOf(querystring) },
      'cache-control': { value: 'public, max-age=3600' },
    },
  };
}

/** CloudFront gives the query taken apart, each part encoded as it came. Its language knows no destructuring. */
function queryOf(querystring) {
  const parts = [];
  Object.keys(querystring).forEach((name) => {
    const given = querystring[name].multiValue || [querystring[name]];
    given.forEach((part) => {
      parts.push(part.value === '' ? name : `${name}=${part.value}`);
    });
  });
  const query = parts.join('&');
  return query === '' ? '' : `?${query}`;
}
