import { type Html, html } from '../html.ts';

/** Addresses of the Web; a sentence's end is not one's, which `withoutEnd` sees to. */
const webAddress = /https?:\/\/[\w\-.~:/?#@!$&'()*+,;=%[\]]+/u;
const mailAddress = /(?<![\w.+-])[\w.+-]{1,64}[@＠][a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?\.[a-z]{2,63}/iu;
/** Ten or eleven digits from 0 on in groups (00 begins no number within Japan), or from +81 on, as numbers are written in Japan: 042-563-2111, 042（563）2111. */
const phoneNumber =
  /(?<![\d\-－.])(?:\+81[-－ ]?[1-9]\d{0,3}|[(（]?0[1-9]\d{0,3}[)）]?)[-－‐‑–−ー ]?[(（]?\d{1,4}[)）]?[-－‐‑–−ー ]?\d{3,4}(?![\d\-－])/u;

const linked = new RegExp(
  `(?<web>${webAddress.source})|(?<mail>${mailAddress.source})|(?<phone>${phoneNumber.source})`,
  'giu',
);

/** A number behind such a word answers with a whistle. */
const facsimile = /(?:fax|ファックス|ファクス|ファクシミリ)[^\d電]*$/iu;

/** 問い合わせ先 with its mail addresses, phone numbers and addresses of the Web as links. Everything else stays as written. */
export function contactLinks(text: string): Html {
  const parts: (string | Html)[] = [];
  let end = 0;
  for (const match of text.matchAll(linked)) {
    const { web, mail, phone } = match.groups ?? {};
    const before = text.slice(end, match.index);
    const shown = web === undefined ? match[0] : withoutEnd(web);
    const address =
      web !== undefined
        ? pageAddress(shown)
        : mail !== undefined
          ? `mailto:${mail.replace('＠', '@')}`
          : phoneAddress(phone ?? '', text.slice(0, match.index));
    if (address === null) continue;
    parts.push(before, html`<a href="${address}">${shown}</a>`);
    end = match.index + shown.length;
  }
  parts.push(text.slice(end));
  return html`${parts}`;
}

/** Punctuation at the end of an address is the sentence's; so is a bracket that closes none of the address's own. */
function withoutEnd(address: string): string {
  const trimmed = address.replace(/[.,:;!?']+$/u, '');
  const opens = trimmed.split('(').length;
  const closes = trimmed.split(')').length;
  if (trimmed.endsWith(')') && closes > opens) return withoutEnd(trimmed.slice(0, -1));
  return trimmed;
}

function pageAddress(text: string): string | null {
  const url = URL.parse(text);
  return url !== null && /^https?:$/u.test(url.protocol) && url.username === '' ? url.href : null;
}

function phoneAddress(text: string, before: string): string | null {
  const digits = text.replaceAll(/\D/gu, '');
  const national = text.startsWith('+81') ? `0${digits.slice(2)}` : digits;
  if (!/^0[1-9]\d{8,9}$/u.test(national) || facsimile.test(before.slice(-20))) return null;
  return text.startsWith('+') ? `tel:+${digits}` : `tel:${digits}`;
}
