const elements =
  'a|abbr|b|big|blockquote|body|br|button|center|code|dd|del|div|dl|dt|em|embed|font|form|h[1-6]|head|hr|html|i|iframe|img|input|ins|kbd|li|' +
  'link|mark|meta|nav|object|ol|p|pre|q|rb|rp|rt|ruby|s|script|section|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|' +
  'title|tr|u|ul|video';
const entities =
  'amp|lt|gt|quot|apos|nbsp|ensp|emsp|thinsp|copy|reg|trade|yen|middot|hellip|laquo|raquo|#[0-9]{2,6}|#x[0-9a-f]{2,5}';

/** Only what HTML really has: 「<重要>」, 「A<B」 and 「R&D;」 are text. */
const markup = new RegExp(`</?(?:${elements})(?:\\s[^<>]*)?/?>|<!--|&(?:${entities});`, 'iu');

/** The first piece of a text that a browser would read as markup, were it not escaped; or null. */
export function markupIn(text: string): string | null {
  return /[<&]/.test(text) ? (markup.exec(text)?.[0] ?? null) : null;
}
