/** Where one is in the console; it stands behind the `#`, and reaches no server. */
export type Place =
  | { at: "invitation"; token: string }
  | { at: "inbox"; operator: string | undefined; handoff: string | undefined }
  | { at: "requests"; operator: string | undefined; receipt: string | undefined }
  | { at: "ratings"; operator: string | undefined }
  | { at: "account" };

export const INBOX: Place = { at: "inbox", operator: undefined, handoff: undefined };

export function placeOf(hash: string): Place {
  const [first, second, third] = hash.replace(/^#\/?/, "").split("/");
  if (first === "invitation" && second) return { at: "invitation", token: second };
  if (first === "requests")
    return { at: "requests", operator: second || undefined, receipt: third || undefined };
  if (first === "ratings") return { at: "ratings", operator: second || undefined };
  if (first === "account") return { at: "account" };
  const opened = first === "inbox" && second && third;
  return opened ? { at: "inbox", operator: second, handoff: third } : INBOX;
}

export function hashOf(place: Place): string {
  switch (place.at) {
    case "invitation":
      return `#/invitation/${place.token}`;
    case "requests":
      return `#/${["requests", place.operator, place.receipt].filter(Boolean).join("/")}`;
    case "inbox":
      return `#/${["inbox", place.operator, place.handoff].filter(Boolean).join("/")}`;
    case "ratings":
      return `#/${["ratings", place.operator].filter(Boolean).join("/")}`;
    case "account":
      return "#/account";
  }
}

export function go(place: Place): void {
  location.hash = hashOf(place);
}
