import * as z from 'zod';
import { isBlank, normalizeText } from '../../text/normalize.ts';
import { isNothingButPlaceholder } from '../../text/placeholders.ts';

/** More than anybody writes for one department: the rest is most likely a list that slipped into the cell. */
const mostAddresses = 10;

/** As RFC 5321 bounds an address. No line break, no comma and no bracket is part of one, so none can end a header of a mail. */
const addressSchema = z.email().max(254);

/** What 連絡先メール says. */
export interface MailAddresses {
  /** Each once, in the order of the cell, with the host in small letters. */
  readonly addresses: readonly string[];
  /** Something in the cell is no address. */
  readonly isOdd: boolean;
}

/**
 * Reads the addresses of a cell: one or several, parted by 、, commas, semicolons, spaces or line breaks, each also as programs copy it
 * (`環境部 <kankyo@example.jp>`, `mailto:kankyo@example.jp`). What cannot be read is left out, and the others stand; but where a line looks
 * like a header of a mail (`Bcc: …`), nothing of the cell is used. 「なし」 and marks alone are no address, and not odd.
 */
export function readMailAddresses(text: string): MailAddresses {
  if (isBlank(text) || isNothingButPlaceholder(text)) return { addresses: [], isOdd: false };
  // Letters that cannot be seen come along where an address is copied from a page.
  const parts = normalizeText(text)
    .normalize('NFKC')
    .split(/[、,;\r\n]+/u)
    .map((part) => part.trim().replace(/^mailto:/iu, ''));
  if (parts.some((part) => /^[\w-]+\s*:/u.test(part))) return { addresses: [], isOdd: true };
  const read = parts.flatMap(withoutName).map((part) => addressSchema.safeParse(part));
  const addresses = [...new Set(read.flatMap((one) => (one.success ? [withSmallHost(one.data)] : [])))];
  const isOdd = read.some(({ success }) => !success) || addresses.length > mostAddresses;
  return { addresses: addresses.slice(0, mostAddresses), isOdd };
}

/** `環境部 <kankyo@example.jp>` is the address in the brackets; else spaces part addresses. */
function withoutName(part: string): readonly string[] {
  const [, address] = /^[^<>:]*<\s*([^<>\s]+)\s*>\s*$/u.exec(part) ?? [];
  return address === undefined ? part.split(/\s+/u).filter((word) => word !== '') : [address];
}

/** Only the host may be written in either case; some servers tell `Kankyo` from `kankyo`. */
function withSmallHost(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}${address.slice(at).toLowerCase()}`;
}
