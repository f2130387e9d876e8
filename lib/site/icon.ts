/** The favicon: the ring of 達成 with a tick in it, for light and dark tabs. */
export const iconSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0017c1"/><circle cx="16" cy="16" r="9" fill="none" stroke="#fff" stroke-width="3.5"/><circle cx="16" cy="16" r="2.5" fill="#fff"/></svg>\n';
