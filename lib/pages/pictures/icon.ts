import { iconPngBase64 } from './icon-png.ts';

/** The site's icon: the ring of 達成 in white, on the blue of the pages. */

const svg =
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='6' fill='#0017c1'/><circle cx='16' cy='16' r='8.8' fill='none' stroke='#fff' stroke-width='3.8'/></svg>";

/** The icon for tabs, inside the page itself, so that no request is made for it. */
export const iconAddress = `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** The icon for home screens and search engines, which fetch a file when they need one: PNG, 180 pixels square. */
export function iconPicture(): Uint8Array {
  return Buffer.from(iconPngBase64, 'base64');
}
