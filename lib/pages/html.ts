import { raw, html as taggedHtml } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Markup that is safe to write as it is. Everything else that goes into a template is escaped. */
export type Html = HtmlEscapedString;

/** What a template takes. Null, undefined and booleans write nothing. */
export type HtmlValue = string | number | boolean | null | undefined | Html | readonly HtmlValue[];

/** Tagged template for HTML and XML that escapes every value but `Html`. */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  const made = taggedHtml(strings, ...values);
  if (made instanceof Promise) throw new TypeError('A template was given a promise; rendering waits for nothing.');
  return made;
}

/** Text that holds markup made by this program itself, never by a person. The only way past the escaping. */
export function trustedMarkup(markup: string): Html {
  return raw(markup);
}

/**
 * A data block. `<` is written as an escape of JSON, so that no text can end the script element or open a comment in it.
 */
export function jsonLd(value: unknown): Html {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return html`<script type="application/ld+json">${trustedMarkup(json)}</script>`;
}
