const MARK = /^\(\d+\) /;

/** How many messages wait, before the page's own title. 0 gives the title back as it is. */
export function countInTitle(count: number): void {
  const bare = document.title.replace(MARK, "");
  const wanted = count > 0 ? `(${count}) ${bare}` : bare;
  if (document.title !== wanted) document.title = wanted;
}
