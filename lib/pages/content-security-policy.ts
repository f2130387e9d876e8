import { createHash } from 'node:crypto';
import { notFoundStyle } from './html/not-found-style.ts';

/**
 * The `Content-Security-Policy` header that the site is made for: nothing is let in but its own stylesheet, its own
 * script and its own pictures. The one hash is that of the few styles that stand inside `404.html`; `data:` is for the icon
 * that stands inside every page. Nothing in the pages connects anywhere; checkers that read robots.txt in a page's name do.
 * The form is the filter's, whose answer is the page itself.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'self' 'sha256-${createHash('sha256').update(notFoundStyle).digest('base64')}'`,
  "script-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
