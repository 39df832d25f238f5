/** An element of ours with its class and its words. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  words = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = className;
  if (words !== "") made.textContent = words;
  return made;
}

export function button(className: string, label: string, act: () => void): HTMLButtonElement {
  const made = element("button", className);
  made.type = "button";
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}
