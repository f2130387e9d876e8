/**
 * What comes before deploy/viewer-request.js where many cities share one distribution. There is a folder of the bucket for each city. A city
 * is reached under the deployment's own host name, where the path begins with its folder, or under a host name of its own, where
 * the folder is put before the path here.
 *
 * - `goals.kawa.example.jp/2024/` is `/kawa/2024/index.html`
 * - a city with a host name of its own has no second address: `/kawa/2024/` of the deployment's host leads there
 * - a preview of that host, `/preview/…`, is `/kawa/preview/…` of the bucket of the previews
 *
 * `hosts` and `page` are written before it at deployment (deploy/sites/values.cjs): the folder of each host name, and the function of
 * deploy/viewer-request.js.
 */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  const request = event.request;
  const folder = hosts[request.headers.host.value];
  if (folder === undefined) return elsewhere(request) || page(event);
  const answer = page(event);
  // Where it leads to another address, that is one of this host, and stays as it is.
  if (answer.statusCode === undefined) answer.uri = `/${folder}${answer.uri}`;
  return answer;
}

/** Where the city of this path has a host name of its own: to there, otherwise null. */
function elsewhere(request) {
  const path = request.uri.replace(/^[/\\]+/, '/');
  const host = Object.keys(hosts).find((name) => path === `/${hosts[name]}` || path.startsWith(`/${hosts[name]}/`));
  if (host === undefined || request.method === 'OPTIONS') return null;
  const rest = path.slice(hosts[host].length + 1).replace(/^[/\\]*/, '/');
  return redirect(`https://${host}${rest}`, request.querystring);
}
