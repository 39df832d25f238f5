/** Prints the message around an element and nothing else. */
export function printPaper(inside: HTMLElement): void {
  const paper = inside.closest<HTMLElement>(".message");
  if (!paper) return;
  const root = document.documentElement;
  const done = () => {
    delete root.dataset.paper;
    delete paper.dataset.paper;
  };
  root.dataset.paper = "";
  paper.dataset.paper = "";
  addEventListener("afterprint", done, { once: true });
  window.print();
}
