/** Whether the chat stands open, remembered for this tab: it opens again on the operator's next page. */
const NAME = "madoguchi-open";

export function wasOpen(): boolean {
  try {
    return sessionStorage.getItem(NAME) === "1";
  } catch {
    return false;
  }
}

export function keepOpen(open: boolean): void {
  try {
    if (open) sessionStorage.setItem(NAME, "1");
    else sessionStorage.removeItem(NAME);
  } catch {
    // Storage is blocked: the next page begins with the chat closed.
  }
}
