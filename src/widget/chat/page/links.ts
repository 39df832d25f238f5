/** A stretch of text; with `href` it leads somewhere. */
export interface Stretch {
  text: string;
  href?: string;
}

const LINK = /(https?:\/\/[^\s<>"'（）()「」『』、。]+|\b0\d{1,3}-\d{2,4}-\d{3,4}\b)/g;

/** Finds telephone numbers and addresses in text of the desk. Only what `safeLink` lets pass becomes a link. */
export function linksIn(text: string): Stretch[] {
  return text
    .split(LINK)
    .filter((part) => part !== "")
    .map((part) => {
      const href = /^0\d/.test(part) && LINK.test(part) ? `tel:${part.replaceAll("-", "")}` : safeLink(part);
      LINK.lastIndex = 0;
      return href === undefined ? { text: part } : { text: part, href };
    });
}

/** A host whose letters are not those that one sees. */
const DISGUISED = /(^|\.)xn--/;

/**
 * The address as a link may have it: https, or this server's own; nothing with a name or password in it, nothing whose
 * letters look like others.
 */
export function safeLink(address: string): string | undefined {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.username !== "" || url.password !== "" || DISGUISED.test(url.hostname)) return undefined;
  return url.protocol === "https:" || url.origin === location.origin ? url.href : undefined;
}
