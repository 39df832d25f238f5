/** Where one is in the console; it stands behind the `#`, and reaches no server. */
export type Place =
  | { at: "invitation"; token: string }
  | { at: "inbox" }
  | { at: "requests"; operator: string | undefined; receipt: string | undefined }
  | { at: "account" };

export function placeOf(hash: string): Place {
  const [first, second, third] = hash.replace(/^#\/?/, "").split("/");
  if (first === "invitation" && second) return { at: "invitation", token: second };
  if (first === "requests")
    return { at: "requests", operator: second || undefined, receipt: third || undefined };
  return { at: first === "account" ? "account" : "inbox" };
}

export function hashOf(place: Place): string {
  switch (place.at) {
    case "invitation":
      return `#/invitation/${place.token}`;
    case "requests":
      return `#/${["requests", place.operator, place.receipt].filter(Boolean).join("/")}`;
    case "inbox":
    case "account":
      return `#/${place.at}`;
  }
}

export function go(place: Place): void {
  location.hash = hashOf(place);
}
